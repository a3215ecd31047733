"""What breaks under a running service: servers of our own, real processes, people at work; nothing may be lost."""
