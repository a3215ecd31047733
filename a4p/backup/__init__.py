"""Backups: everything the tracker holds in one file that either database can be filled from.

`making` writes it, `restoring` fills an empty place from it, `comparing` tells a place and a backup apart, `rehearsing`
does both in a place of its own. docs/decisions/008-backups.md says why it is done here and not by the databases' tools.
"""
