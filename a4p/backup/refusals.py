class Refused(Exception):
    """What was asked is not done, or not wholly; the message says in plain words why."""
