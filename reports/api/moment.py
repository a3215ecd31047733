"""From when, and on which cycle, an answer is read: the same parameters and the same rules as of the pages."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from progress.api.parameters import CYCLE
from progress.models import Cycle
from progress.queries import named
from reports.forms import ReadingForm, as_typed
from reports.reading import Reading, begun_by
from stakeholders.api import parameters
from stakeholders.api.base import ApiView
from stakeholders.api.problems import Problem, fault

MOMENT = {
    "cycle": CYCLE,
    "as_of": parameters.day(gettext_lazy("As it was at the end of this day; now without it.")),
}


class AtAMoment(ApiView):
    """A view whose address may have the parameters of MOMENT."""

    @cached_property
    def reading(self) -> Reading:
        """Raises Problem for a cycle that had not begun, and for a day on which there was nothing to read."""
        begun = list(Cycle.objects.begun().newest_first())
        address = self.request.query_params
        chosen = named(begun, address.get("cycle"))
        if "cycle" in address and chosen is None:
            raise Problem("validation", errors=[fault("cycle", _("There is no such cycle."), "cycle")])
        if "as_of" not in address:
            return Reading(begun, None, chosen)
        form = ReadingForm(as_typed(address), begun=begun)
        if not form.is_valid():
            raise Problem("validation", errors=list(_errors(form)))
        day = form.cleaned_data["as_of"]
        return Reading(begun_by(begun, day), day, chosen)


def _errors(form: ReadingForm) -> list[dict[str, Any]]:
    found = form.errors.as_data().items()
    return [fault(name, " ".join(e.messages), e.code) for name, errors in found for e in errors]
