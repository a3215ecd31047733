"""Who may do what with an update, by the state it is in. Read it as the rule; test_operations.py tries every cell.

y  it is done                                   L  sent to sign in
4  for this person it does not exist (404)      3  seen, but not theirs to do (403)
9  not in this state, and nothing is lost (409) 0  refused with a sentence (400)
-  answered politely, and nothing changes

The officer has written none of these texts. The update is Alpha's, as are author, deputy, approver, reader and the
former author; the stranger writes for Beta. In "awaiting" Alpha wants an approver to agree.
"""

TABLE = """
save        none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      y    y     y        9         y        9        y         y
deputy      y    y     y        9         y        9        y         y
approver    y    y     y        9         y        9        y         y
reader      3    3     3        3         3        3        3         3
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        4         4        4        4         4

submit      none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      y    y     y        9         y        9        y         y
deputy      y    y     y        9         y        9        y         y
approver    y    y     y        9         y        9        y         y
reader      3    3     3        3         3        3        3         3
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        4         4        4        4         4

approve     none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      4    3     3        3         3        3        3         3
deputy      4    3     3        3         3        3        3         3
approver    4    y     y        -         -        -        -         -
reader      4    3     3        3         3        3        3         3
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        4         4        4        4         4

send_back   none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      4    3     3        3         3        3        3         3
deputy      4    3     3        3         3        3        3         3
approver    4    -     y        -         -        -        -         -
reader      4    3     3        3         3        3        3         3
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        4         4        4        4         4

comment     none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      4    3     3        y         y        y        y         y
deputy      4    3     3        y         y        y        y         y
approver    4    3     3        y         y        y        y         y
reader      4    3     3        3         3        3        3         3
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        y         y        y        y         y

return      none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      4    4     4        4         4        4        4         4
deputy      4    4     4        4         4        4        4         4
approver    4    4     4        4         4        4        4         4
reader      4    4     4        4         4        4        4         4
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        y         9        y        9         9

accept      none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      4    4     4        4         4        4        4         4
deputy      4    4     4        4         4        4        4         4
approver    4    4     4        4         4        4        4         4
reader      4    4     4        4         4        4        4         4
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        y         9        9        9         9

publish     none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      4    4     4        4         4        4        4         4
deputy      4    4     4        4         4        4        4         4
approver    4    4     4        4         4        4        4         4
reader      4    4     4        4         4        4        4         4
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        9         9        y        9         9

withdraw    none draft awaiting submitted returned accepted published withdrawn
nobody      L    L     L        L         L        L        L         L
author      4    4     4        4         4        4        4         4
deputy      4    4     4        4         4        4        4         4
approver    4    4     4        4         4        4        4         4
reader      4    4     4        4         4        4        4         4
former      4    4     4        4         4        4        4         4
stranger    4    4     4        4         4        4        4         4
officer     4    4     4        0         0        0        y         0
"""

ROLES = ("nobody", "author", "deputy", "approver", "reader", "former", "stranger", "officer")


def _read() -> tuple[list[str], dict[str, dict[str, dict[str, str]]]]:
    states: list[str] = []
    operations: dict[str, dict[str, dict[str, str]]] = {}
    for block in TABLE.strip().split("\n\n"):
        head, *lines = (line.split() for line in block.splitlines())
        operation, *states = head
        operations[operation] = {role: dict(zip(states, cells, strict=True)) for role, *cells in lines}
    return states, operations


STATES, OPERATIONS = _read()
