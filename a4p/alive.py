"""Whether the beat or the worker of this machine lives.

    python -m a4p.alive beat
    python -m a4p.alive worker

ends with 0 when it gave a sign within the last minute, else with 1. It asks neither database nor broker, so that a
health check that restarts a process restarts the one that hangs, and not all of them because the database is away.
"""

import argparse
import os
import socket
import sys

from a4p.pulse import LONGEST_SILENCE, is_alive


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m a4p.alive")
    parser.add_argument("who", choices=("beat", "worker"))
    who = parser.parse_args(words).who
    if is_alive(who):
        return 0
    sys.stderr.write(f"The {who} on {socket.gethostname()} has given no sign of life for {LONGEST_SILENCE:.0f} s.\n")
    return 1


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "a4p.settings")
    sys.exit(main(sys.argv[1:]))
