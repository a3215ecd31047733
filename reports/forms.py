from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models import Area, OwnerKind
from progress.models import AssignmentKind, Cycle
from reports.figures import CHANGES, PUBLISHED, SILENT, STATUSES
from reports.models import Scope
from stakeholders.fields import BodyField
from stakeholders.models import Stakeholder


class CompileForm(forms.Form):
    """Which review to make; `request_key` makes pressing twice the same as pressing once."""

    optional = ("area", "stakeholder", "baseline")

    scope = forms.ChoiceField(
        label=pgettext_lazy("report", "What it shows"),
        choices=Scope.choices,
        initial=Scope.WHOLE,
        widget=forms.RadioSelect,
    )
    area: forms.ModelChoiceField[Area] = forms.ModelChoiceField(
        label=_("Area"), queryset=Area.objects.none(), required=False, help_text=_("For a report on one area.")
    )
    stakeholder: forms.ModelChoiceField[Stakeholder] = forms.ModelChoiceField(
        label=_("Stakeholder"), queryset=Stakeholder.objects.none(), required=False, help_text=_("For a dossier.")
    )
    baseline = forms.ModelChoiceField(
        label=_("Earlier cycle"),
        queryset=Cycle.objects.none(),
        required=False,
        help_text=_("For a report on the difference between two cycles."),
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = cycle.assignments
        choices = {
            "area": Area.objects.filter(pk__in=asked.values("commitment__area")).order_by("number"),
            "stakeholder": Stakeholder.objects.filter(pk__in=asked.values("stakeholder")).order_by("name"),
            "baseline": Cycle.objects.before(cycle),
        }
        for name, queryset in choices.items():
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = queryset


class CorrectForm(forms.Form):
    """Why a report is issued again."""

    reason = BodyField(
        label=pgettext_lazy("report", "Reason of the correction"),
        max_length=1_000,
        help_text=_("It stands on the cover of the new report and beside the old one in the library."),
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
    request_key = forms.UUIDField(widget=forms.HiddenInput)


class FigureFilter(forms.Form):
    """What a figure counts, as its address says it."""

    area = forms.SlugField(required=False)
    commitment = forms.SlugField(required=False)
    stakeholder = forms.SlugField(required=False)
    owner = forms.ChoiceField(required=False, choices=[("", ""), *OwnerKind.choices])
    kind = forms.ChoiceField(required=False, choices=[("", ""), *AssignmentKind.choices])
    status = forms.ChoiceField(required=False, choices=[(key, key) for key in ("", *STATUSES, SILENT, PUBLISHED)])
    change = forms.ChoiceField(required=False, choices=[(key, key) for key in ("", *CHANGES)])
    cycle = forms.SlugField(required=False)
