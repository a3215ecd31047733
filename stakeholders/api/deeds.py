"""What all writing has in common: who may, which version it is based on, and once is once."""

import hashlib
import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer

from stakeholders import actions, second_factor
from stakeholders.actions import Given, OtherRequest
from stakeholders.api import conditions
from stakeholders.api.access import SignedIn
from stakeholders.api.base import ApiView
from stakeholders.api.problems import Problem, fault
from stakeholders.api.scopes import HoldsScope, require_scope
from stakeholders.models import Token, TokenScope, User

KEY = re.compile(r"[\x21-\x7e]{1,200}\Z")
KEPT_HEADERS = ("Location", "ETag", "Content-Language")
Handler = Callable[..., Response]


class Deed(ApiView):
    """A thing a signed-in person does. `scope` is what a token must hold, `takes` what the body is read with.

    `is_versioned` says that If-Match names what it is based on, `is_silent` that writing answers nothing (204).
    """

    permission_classes = [SignedIn, HoldsScope]
    scope: ClassVar[TokenScope] = TokenScope.WRITE
    takes: ClassVar[type[Serializer[Any]]]
    is_versioned: ClassVar[bool] = False
    is_silent: ClassVar[bool] = False

    @property
    def person(self) -> User:
        """Who asks; the permission classes have seen to it that there is somebody."""
        assert isinstance(self.request.user, User)
        return self.request.user

    def read(self) -> dict[str, Any]:
        """The body as the deed takes it. Raises ValidationError keyed by field."""
        serializer = self.takes(data=self.request.data, context={"request": self.request})
        serializer.is_valid(raise_exception=True)
        found: dict[str, Any] = serializer.validated_data
        return found

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """What was changed comes back with the tag that If-Match names the next time."""
        response = super().dispatch(request, *args, **kwargs)
        if self.version is not None and response.status_code in (200, 201) and isinstance(response, Response):
            response.headers.setdefault("ETag", conditions.tag_of(response.content, self.version))
        return response


def based_on(request: Request, current: int) -> int:
    """The number of the version the caller has read, 0 for none, from If-Match; `current` is the one that stands.

    Whether it is still the right one is the action's to say, for it knows a repeated request from a late one.
    """
    if "If-Match" not in request.headers:
        if current:
            raise Problem("precondition_required", _("Say in If-Match which version you have read: its ETag."))
        return 0
    if not current:
        raise Problem("stale", _("There is no version of this yet. Leave If-Match out to write the first."))
    is_any = request.headers["If-Match"].strip() == "*"
    return current if is_any else conditions.version_wanted(request) or 0


def confirm(request: Request) -> None:
    """For what the pages ask once more who it is. A token must hold the highest scope, a session a fresh proof."""
    if isinstance(request.auth, Token):
        require_scope(request, TokenScope.PUBLISH)
    elif not second_factor.is_confirmed(request._request):
        raise Problem(
            "confirmation",
            _("Confirm on the pages that it is you, then ask again; or use a token of the scope “publish”."),
        )


def once(handler: Handler) -> Handler:
    """With an Idempotency-Key the first answer is given again for a day, and nothing is made twice."""

    @wraps(handler)
    def guarded(view: Deed, request: Request, *args: Any, **kwargs: Any) -> Response:
        key = key_of(request)
        if key is None:
            return handler(view, request, *args, **kwargs)

        def make() -> Given:
            response = handler(view, request, *args, **kwargs)
            body = json.loads(JSONRenderer().render(response.data))
            kept = {name: response[name] for name in KEPT_HEADERS if name in response.headers}
            return Given(response.status_code, body, kept)

        try:
            given = actions.answer_once(person=view.person, key=key, fingerprint=_fingerprint(request), make=make)
        except OtherRequest as error:
            raise Problem("key_used") from error
        repeated = {"Idempotency-Replayed": "true"} if given.is_repeated else {}
        return Response(given.body, status=given.status, headers={**given.headers, **repeated})

    return takes_key(guarded)


def takes_key(handler: Handler) -> Handler:
    """The handler heeds an Idempotency-Key; the description of the API says so."""
    handler.takes_key = True  # type: ignore[attr-defined] # a mark on a function
    return handler


def key_of(request: Request) -> str | None:
    """The Idempotency-Key. Raises Problem for one that is none."""
    key = request.headers.get("Idempotency-Key")
    if key is not None and not KEY.match(key):
        words = _("A key is 1 to 200 visible characters without spaces.")
        raise Problem("validation", words, errors=[fault("Idempotency-Key", str(words), "key")])
    return key


def _fingerprint(request: Request) -> str:
    """SHA-256 of what was asked: method, address and what the body says."""
    content = json.dumps(request.data, sort_keys=True, ensure_ascii=False, default=str)
    asked = "\n".join((request.method or "", request.get_full_path(), content))
    return hashlib.sha256(asked.encode()).hexdigest()
