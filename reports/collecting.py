"""Rows by the hundred thousand hold no cycles; looking for some while they are made costs a quarter of the making."""

import gc
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

Arguments = ParamSpec("Arguments")
Made = TypeVar("Made")


def without_collecting(make: Callable[Arguments, Made]) -> Callable[Arguments, Made]:
    """Pause the collector of cycles while `make` runs. Whoever paused it starts it again, other threads or not."""

    @wraps(make)
    def made(*args: Arguments.args, **kwargs: Arguments.kwargs) -> Made:
        if not gc.isenabled():
            return make(*args, **kwargs)
        gc.disable()
        try:
            return make(*args, **kwargs)
        finally:
            gc.enable()

    return made
