from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models import Area, Commitment, OwnerKind, Provenance
from progress.models import AssignmentKind, Cycle
from progress.queries import named
from reports.figures import CHANGES, PUBLISHED, SILENT, STATUSES
from reports.models import Scope
from stakeholders.dates import long_date
from stakeholders.fields import BodyField
from stakeholders.models import CapacityKind, RegionalGroup, Stakeholder, StakeholderKind
from stakeholders.widgets import DayMonthYear, LongSelect

GROUPS = [(key, label) for key, label in RegionalGroup.choices if key != RegionalGroup.NONE]
FIRST_DAY = date(2018, 9, 25)  # of the meeting that endorsed the Declaration


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
        widget=LongSelect,
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


class ReadingForm(forms.Form):
    """From when, and on which cycle, a page is to be read."""

    optional = ("cycle", "as_of")

    cycle = forms.ChoiceField(label=pgettext_lazy("filter", "Cycle"), required=False, widget=LongSelect)
    as_of = forms.DateField(
        label=_("As it was at the end of this day"),
        required=False,
        widget=DayMonthYear(since=FIRST_DAY.year),
        help_text=_("Day, month and year; leave empty to read it as it is now."),
        input_formats=["%Y-%m-%d"],
    )

    def __init__(self, *args: Any, begun: list[Cycle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["cycle"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", _("The one that was current")), *((cycle.key, str(cycle)) for cycle in begun)]
        self.begun = begun
        typed = " ".join(filter(None, (self.data.get(f"as_of_{part}") for part in ("day", "month", "year"))))
        self.fields["as_of"].error_messages["invalid"] = _(
            "There is no such date: “%(typed)s”. Give day, month and year, as 1 October 2026."
        ) % {"typed": typed}

    def clean_as_of(self) -> date | None:
        day: date | None = self.cleaned_data["as_of"]
        if day and day < FIRST_DAY:
            raise forms.ValidationError(
                _("%(day)s lies before the Declaration, which was endorsed on %(first)s. Choose a later day.")
                % {"day": long_date(day), "first": long_date(FIRST_DAY)}
            )
        if day and day > timezone.now().date():
            raise forms.ValidationError(
                _("%(day)s lies in the future. Choose today or an earlier day.") % {"day": long_date(day)}
            )
        return day

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        day, cycle = cleaned.get("as_of"), named(self.begun, cleaned.get("cycle"))
        if day and cycle and cycle.opens_on > day:
            self.add_error(
                "as_of",
                _("%(cycle)s had not begun on %(day)s. Choose an earlier cycle or a later day.")
                % {"cycle": cycle, "day": long_date(day)},
            )
        return cleaned


def as_typed(address: Mapping[str, str]) -> dict[str, str]:
    """An address's cycle and day as the form's own fields would send them, whatever was typed for the day."""
    year, month, day = [*address["as_of"].split("-", 2), "", ""][:3]
    typed = {"as_of_year": year, "as_of_month": month.lstrip("0"), "as_of_day": day.lstrip("0")}
    return {**typed, "cycle": address.get("cycle", "")}


class CatalogueFilter(forms.Form):
    """Which commitments are listed; it lives in the address."""

    area = forms.ChoiceField(label=pgettext_lazy("filter", "Area"), required=False)
    owner = forms.ChoiceField(label=_("Led by"), required=False, choices=[("", "—"), *OwnerKind.choices])
    party = forms.ChoiceField(
        label=_("Owned by, alone or together"), required=False, choices=[("", "—"), *OwnerKind.choices]
    )
    provenance = forms.ChoiceField(label=_("Rests on"), required=False, choices=[("", "—"), *Provenance.choices])

    def __init__(self, *args: Any, areas: Iterable[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["area"]
        assert isinstance(chosen, forms.ChoiceField)
        chosen.choices = [("", "—"), *((area.uid, f"{area.number}. {area.short_title}") for area in areas)]

    def lets_through(self, commitment: Commitment) -> bool:
        asked = self.cleaned_data
        kinds = {owner.kind for owner in commitment.owners.all()}
        return (
            asked["area"] in ("", commitment.area.uid)
            and asked["owner"] in ("", commitment.lead.kind)
            and (not asked["party"] or asked["party"] in kinds)
            and asked["provenance"] in ("", commitment.provenance)
        )


class RegisterFilter(forms.Form):
    """Which stakeholders are listed; it lives in the address."""

    name = forms.CharField(label=_("Name in any language"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=pgettext_lazy("filter", "Kind"), required=False, choices=[("", "—"), *StakeholderKind.choices]
    )
    group = forms.ChoiceField(label=_("Regional group"), required=False, choices=[("", "—"), *GROUPS])
    capacity = forms.ChoiceField(
        label=pgettext_lazy("filter", "Capacity"), required=False, choices=[("", "—"), *CapacityKind.choices]
    )


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
