"""Twenty invented years: a load on which an installation is tried at full size.

The rows of answers go in by the hundred thousand and not through the actions: 700,000 versions by way of
`submit_update`, `accept_update` and `publish_update` would take a night, since each step asks, locks and counts for one
person. What these rows have in common with those of the actions is held by tests/a4p/test_generate_load.py, which
makes the same stories both ways and compares column by column. Whatever there is once a cycle or once a person
(cycles, assignments, appointments, closings) does go through the actions.
"""
