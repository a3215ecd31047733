"""What stands now, for a caller who was late or has just changed it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, ClassVar

from django.db.models import F
from django.utils.translation import gettext as _
from rest_framework.response import Response

from progress.actions.moves import out_of_state
from progress.api import shapes
from progress.models import Assessment, Assignment, Update, UpdateVersion
from stakeholders.api.deeds import Deed, based_on
from stakeholders.conflicts import Conflict, Stale
from stakeholders.serializers.shape import Shape


class UpdateDeed(Deed):
    """A step of an update, answered with its text as it stands then."""

    is_versioned = True
    shape = shapes.Working

    def version_of(self, record: Any) -> int | None:
        return int(record.number)

    def current_of(self, stale: Stale) -> Any:
        current = stale.current
        assert isinstance(current, (Update, UpdateVersion))
        return self.shape(self.seen(current.update if isinstance(current, UpdateVersion) else current)).data

    def seen(self, update: Update) -> UpdateVersion:
        """The text the caller may see: those who write it see the one being worked on."""
        return UpdateVersion.objects.select_related("update").get(update=update, number=F("update__version"))

    def told(self, update: Update, *, status: int = 200) -> Response:
        return self.shown(self.seen(update), status=status)

    def decide(self, update: Update, act: Any, *, by: str, **words: Any) -> Response:
        """Take a step on the version the caller has read."""
        read = based_on(self.request, self.seen(update).number)
        try:
            act(update=update, based_on=read, **{by: self.person}, **words)
        except Stale as error:
            # The version that moved on may be one the caller may not see; then only the state is in their way.
            if self.seen(update).number == read:
                raise out_of_state(update) from error
            raise
        return self.told(update)

    def require_read(self, update: Update) -> None:
        """For a step whose action does not ask which version was read."""
        standing = self.seen(update).number
        if based_on(self.request, standing) != standing:
            raise Stale(update, _("Another version stands by now. Read it, then decide."))


class AssessmentDeed(Deed):
    """A step of an assessment, answered with its text as it stands then."""

    is_versioned = True
    shape: ClassVar[type[Shape]] = shapes.Assessed

    def version_of(self, record: Any) -> int | None:
        return int(record.version)

    def current_of(self, stale: Stale) -> Any:
        return self.shape(stale.current).data

    def told(self, assignment_id: int, *, status: int = 200) -> Response:
        return self.shown(Assessment.objects.get(assignment=assignment_id), status=status)

    @contextmanager
    def judged(self, read: int) -> Iterator[None]:
        """The actions tell a late caller and a step that is not possible alike; programs are told them apart."""
        try:
            yield
        except Conflict as error:
            standing = Assessment.objects.filter(assignment=self.kwargs["assignment_id"]).first()
            if standing and standing.version != read:
                raise Stale(standing, str(error)) from error
            raise

    def step(self, assessment: Assessment, act: Any, *, by: str = "officer", **words: Any) -> None:
        """Take a step on the version the caller has read."""
        read = based_on(self.request, assessment.version)
        with self.judged(read):
            act(assessment=assessment, based_on=read, **{by: self.person}, **words)

    def require_read(self, assessment: Assessment) -> None:
        if based_on(self.request, assessment.version) != assessment.version:
            raise Stale(assessment, _("Another version stands by now. Read it, then decide."))


def update_of(assignment: Assignment) -> Update | None:
    """The update with a text of this assignment."""
    found: Update | None = getattr(assignment, "update", None)
    return found if found and found.version else None
