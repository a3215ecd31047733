"""When what the tracker stands on gives way for a while, told apart from a fault of our own."""

import errno

from django.db import Error, InterfaceError, OperationalError

# SQLSTATE of what Django does not call operational: no writing now, a transaction left open too long, or one cut short.
PASSING = {"25006", "25P02", "25P03"}
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS}


def is_outage(error: BaseException | None) -> bool:
    """Whether trying again later may succeed: the database is away, full, busy or takes no writing, or a disk full."""
    match error:
        case OperationalError() | InterfaceError():
            return True
        case Error():
            return getattr(error.__cause__, "sqlstate", None) in PASSING or is_outage(error.__cause__)
        case OSError():
            return error.errno in NO_ROOM
    return False
