"""What the doors of every room ask of a visitor."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from stakeholders import second_factor
from stakeholders.models import User
from stakeholders.policies import Visitor

View = Callable[..., HttpResponseBase]
Record = TypeVar("Record", bound=Model)


class Refused(Http404):
    """“Not found” to the visitor; the diary learns that there was something, and who asked for it."""

    def __init__(self, record: Model | None = None) -> None:
        super().__init__()
        self.record = record


def find_or_refuse(theirs: QuerySet[Record], **lookup: object) -> Record:
    """The record if it is among those the visitor may see, else “not found”, whether it exists or not."""
    found = theirs.filter(**lookup).first()
    if found is None:
        hidden = theirs.model._base_manager.filter(**lookup).first()
        raise Refused(hidden) if hidden else Http404
    return found


def signed_in(request: HttpRequest) -> User:
    """The person behind the request; LoginRequiredMiddleware has seen to it that there is one."""
    assert isinstance(request.user, User)
    return request.user


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: what was sent, even if that is nothing at all."""
    return request.POST if request.method == "POST" else None


def safe_return(request: HttpRequest, otherwise: str) -> str:
    """The page of ours that a form wants to go back to, with its filters; else the named one."""
    wanted = request.POST.get("back", "")
    hosts, secure = {request.get_host()}, request.is_secure()
    return wanted if url_has_allowed_host_and_scheme(wanted, hosts, secure) else reverse(otherwise)


def hidden_unless(may: Callable[[Visitor], bool]) -> Callable[[View], View]:
    """To everybody who may not, the page does not exist."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if not may(request.user):
                raise Refused
            return view(request, *args, **kwargs)

        return guarded

    return guard


def confirmed_for(field: str) -> Callable[[View], View]:
    """The same, for a form whose one button is weightier than the others."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            if field in request.POST and request.user.is_authenticated:
                second_factor.require_confirmation(request)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def confirmed(view: View) -> View:
    """Only for who has lately proved once more who they are; what they sent is kept meanwhile."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        second_factor.require_confirmation(request)
        return view(request, *args, **kwargs)

    return guarded


def takes_files(view: View) -> View:
    """Marks a view that people who are signed in may send files to; to every other, only texts may be sent."""
    view.takes_files = True  # type: ignore[attr-defined] # a mark on a function, as Django's own decorators set them
    return view


def may_send_files(request: HttpRequest, view: Callable[..., object]) -> bool:
    """A program says in a header who it is, and the API judges that before it reads the body."""
    says_who = "Authorization" in request.headers
    return getattr(view, "takes_files", False) and (says_who or request.user.is_authenticated)
