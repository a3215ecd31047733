"""Why a document could not be made, in words for the officer who ordered it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FAILURES: dict[str, Promise] = {
    "time_limit": _("Typesetting took longer than allowed. Try again; if it happens again, tell the administrator."),
    "memory_limit": _("Typesetting needed more memory than allowed. Tell the administrator."),
    "missing_font": _("A font of the program is missing. The administrator must install the program again."),
    "typesetting": _("The typesetter refused the text. Tell the administrator; the log has its words."),
    "storage": _("The file could not be stored, perhaps for want of disk space. Make room, then try again."),
    "parity": _(
        "This language does not say what the others say, so no file was made. Tell the administrator the place."
    ),
    "worker_lost": _("The worker died several times while making this file. Tell the administrator, then try again."),
    "unexpected": _("Something unforeseen went wrong. Tell the administrator; the log has the details."),
}


def plain_reason(code: str) -> str:
    return str(FAILURES.get(code, FAILURES["unexpected"]))
