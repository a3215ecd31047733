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

# By which route and method of the API each operation is done.
DONE_BY = {
    "save": "PUT api_update_text",
    "submit": "POST api_update_submit",
    "approve": "POST api_update_approve",
    "send_back": "POST api_update_send_back",
    "comment": "POST api_update_comment",
    "return": "POST api_update_return",
    "accept": "POST api_update_accept",
    "publish": "POST api_update_publish",
    "withdraw": "POST api_update_withdraw",
}

# The same for every page that takes a form; what no program can do says why, in brackets.
PAGES = """
compile            POST api_report_order
correct            POST api_report_correct
cancel             POST api_report_cancel
retry              POST api_report_file_retry
update             PUT api_update_text, POST api_update_submit, POST api_evidence_add, DELETE api_evidence_remove
nothing_new        POST api_update_submit
keep_typed         PUT api_update_typed, DELETE api_update_typed
approve            POST api_update_approve, POST api_update_send_back
submit_several     POST api_updates_submit
assess             PUT api_assessment_text, POST api_assessment_show
assess             POST api_assessment_publish, POST api_assessment_withdraw
assessment         POST api_assessment_reply, POST api_assessment_decline
comment            POST api_update_comment
decide_several     POST api_updates_decide
review             POST api_update_return, POST api_update_accept, POST api_update_publish, POST api_update_withdraw
remind             POST api_cycle_remind
reminder_plan      PATCH api_reminder_plan
cycle_desk         POST api_cycle_plan
turn_cycle         POST api_cycle_open, POST api_cycle_close
preferences        PUT api_me
invite_officer     POST api_invite_officer
invite_again       POST api_person_invite
close_account      POST api_person_close
team               POST api_appoint
set_approval       PUT api_set_approval
end_appointment    POST api_appointment_end
hand_over          POST api_hand_over
exchange           POST api_imports
confirm_import     POST api_import_carry_out
drop_import        POST api_import_drop
create_token       (a token never makes another, or one that leaked would outlive its end)
end_token          (a person who ends a token looks at all of them)
unsubscribe        (the link of a mail works without an account; with one, PUT api_me)
account_logout     (a token is not signed in, it is ended)
openid_connect_login (signing in by another party's pages needs a browser)
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


def _read_pages() -> dict[str, list[str]]:
    """Name of the page's route -> the deeds of the API; none where a reason is given."""
    found: dict[str, list[str]] = {}
    for line in PAGES.strip().splitlines():
        name, rest = line.split(maxsplit=1)
        deeds = [] if rest.startswith("(") and rest.endswith(")") else [deed.strip() for deed in rest.split(",")]
        found.setdefault(name, []).extend(deeds)
    return found


PAGES_DONE_BY = _read_pages()
