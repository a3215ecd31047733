"""Which cycle an officer's page is about: the address names it, tabs lead to the newest, a list to all others."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpRequest
from django.utils.translation import pgettext_lazy

from progress.models import Cycle
from progress.queries import chosen_of, newest_with
from stakeholders.widgets import LongSelect


class CycleForm(forms.Form):
    cycle = forms.ChoiceField(label=pgettext_lazy("filter", "Cycle"), widget=LongSelect)

    def __init__(self, begun: list[Cycle], cycle: Cycle) -> None:
        super().__init__(initial={"cycle": cycle.key})
        field = self.fields["cycle"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(one.key, str(one)) for one in begun]


@dataclass(frozen=True)
class Picked:
    """`begun` has every cycle that could have been named, the newest first."""

    cycle: Cycle
    begun: list[Cycle]

    @property
    def tabs(self) -> list[Cycle]:
        return newest_with(self.begun, self.cycle)

    @property
    def form(self) -> CycleForm | None:
        """None where the tabs lead everywhere."""
        return CycleForm(self.begun, self.cycle) if len(self.begun) > len(self.tabs) else None


def picked(request: HttpRequest) -> Picked:
    """The cycle of `?cycle=2026-q3`, else the current one. Raises Http404 when there is none."""
    begun = list(Cycle.objects.begun().newest_first())
    cycle = chosen_of(begun, request.GET.get("cycle"))
    if cycle is None:
        raise Http404
    return Picked(cycle, begun)
