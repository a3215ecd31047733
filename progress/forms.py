from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundWidget
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from commitments.models import Area
from progress.actions import DATA_SETS, NewEvidence
from progress.board import GROUPINGS
from progress.models import (
    AssessmentState,
    AssessmentVersion,
    Cycle,
    CycleScope,
    Evidence,
    Notice,
    Rating,
    Status,
    UpdateState,
    UpdateVersion,
    Visibility,
)
from progress.models.reminder_plan import PLANNED_KINDS, write_days
from progress.reminders import Plan
from progress.uploads.inspection import ACCEPTED
from stakeholders import languages
from stakeholders.fields import BodyField
from stakeholders.models import Stakeholder
from stakeholders.widgets import LongSelect


class IdsField(forms.TypedMultipleChoiceField):
    """Ticked rows. Which of them may be ticked is the action's to say, so that a second click is not an error."""

    def valid_value(self, value: Any) -> bool:
        return str(value).isdecimal()


class UpdateForm(forms.ModelForm[UpdateVersion]):
    """The shape of an update. What a text may hold stands in the model, who may write it in the action."""

    optional = ("obstacles", "next_steps", "sources")  # marked so; status and words are only optional in a draft

    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    remove = IdsField(label=_("Remove with this save"), required=False, coerce=int, widget=forms.CheckboxSelectMultiple)
    file = forms.FileField(
        label=pgettext_lazy("evidence", "File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
    )
    link = forms.CharField(
        label=_("or a link"), required=False, widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "url"})
    )
    symbol = forms.CharField(
        label=_("or a document symbol"),
        required=False,
        help_text=_("As it stands on the document, like A/72/19 or S/RES/2378 (2017)."),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    title = forms.CharField(
        label=pgettext_lazy("evidence", "Title"),
        required=False,
        help_text=_(
            "What it is, in the language you write in. If empty, the name of the file, the symbol or the link."
        ),
    )
    visibility = forms.ChoiceField(
        label=_("Who may see it"),
        required=False,
        choices=Visibility.choices,
        initial=Visibility.REVIEW,
        widget=forms.RadioSelect,
    )

    class Meta:
        model = UpdateVersion
        fields = ["language", "status", "narrative", "obstacles", "next_steps", "sources"]
        field_classes = dict.fromkeys(UpdateVersion.TEXTS, BodyField)
        widgets = {
            "status": forms.RadioSelect,
            "narrative": forms.Textarea(attrs={"rows": 9, "dir": "auto"}),
            "obstacles": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "next_steps": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
            "sources": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }
        help_texts = {
            "language": _("The language you write in. The report shows the other five when a translation exists."),
            "narrative": _("What was done this quarter towards this commitment. At most 10,000 characters."),
            "obstacles": _("What stood in the way, and what support is needed. May stay empty."),
            "next_steps": _("What comes next, and by when. May stay empty."),
            "sources": _("Document symbols, titles, public addresses: one to a line. May stay empty."),
        }

    def __init__(self, *args: Any, evidence: Sequence[Evidence] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pieces = evidence
        remove, file = self.fields["remove"], self.fields["file"]
        assert isinstance(remove, forms.MultipleChoiceField)
        remove.choices = [(piece.pk, piece.title) for piece in evidence]
        file.help_text = _("PDF, PNG, JPEG, DOCX, XLSX or TXT, at most %(limit)s.") % {
            "limit": filesizeformat(settings.EVIDENCE_MAX_BYTES)
        }
        status = self.fields["status"]
        assert isinstance(status, forms.TypedChoiceField)
        status.choices = Status.choices

    @property
    def removable(self) -> list[tuple[Evidence, BoundWidget]]:
        """Each piece with the box that removes it."""
        return list(zip(self.pieces, self["remove"], strict=True))

    @property
    def lost_a_file(self) -> bool:
        """Whether a file was sent with a form that comes back: browsers put back every text but no file."""
        return bool(self.files.get("file"))

    def content(self) -> dict[str, Any]:
        return {field: self.cleaned_data[field] for field in UpdateVersion.CONTENT}

    def evidence(self) -> NewEvidence | None:
        """What is to be added; None when nothing of it was filled in."""
        given = {name: self.cleaned_data[name] for name in ("file", "link", "symbol", "title")}
        if not any(given.values()):
            return None
        return NewEvidence(**given, visibility=self.cleaned_data["visibility"] or Visibility.REVIEW)


class ScratchForm(forms.Form):
    """What is typed, sound or not: it is only kept."""

    based_on = forms.IntegerField(min_value=0)
    language = forms.ChoiceField(choices=languages.CHOICES)
    status = forms.ChoiceField(choices=Status.choices, required=False)
    narrative = forms.CharField(required=False, strip=False)
    obstacles = forms.CharField(required=False, strip=False)
    next_steps = forms.CharField(required=False, strip=False)
    sources = forms.CharField(required=False, strip=False)

    def content(self) -> dict[str, str]:
        return {field: self.cleaned_data[field] for field in UpdateVersion.CONTENT}


class DecisionForm(forms.Form):
    """What an officer decides on the text they have read; `based_on` says which text that was."""

    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    reason = BodyField(
        label=pgettext_lazy("decision", "Reason"),
        required=False,
        max_length=2_000,
        help_text=_("Needed to return or to withdraw. The author reads it word for word."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class AssessmentForm(forms.ModelForm[AssessmentVersion]):
    based_on = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    optional = ("sources",)

    class Meta:
        model = AssessmentVersion
        fields = ["language", "rating", "reason", "sources"]
        field_classes = dict.fromkeys(("reason", "sources"), BodyField)
        widgets = {
            "rating": forms.RadioSelect,
            "reason": forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
            "sources": forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        }
        help_texts = {
            "reason": _("Why this rating. The stakeholder reads it word for word before anybody else."),
            "sources": _(
                "Document symbols, titles, public addresses: one to a line. Needed where nothing was submitted."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rating = self.fields["rating"]
        assert isinstance(rating, forms.TypedChoiceField)
        rating.choices = Rating.choices

    def take(self, error: ValidationError) -> None:
        """Show what an action refused, beside the field it is about where the form has that field."""
        by_field = getattr(error, "error_dict", None) or {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)


class CycleFilter(forms.Form):
    cycle = forms.ModelChoiceField(
        label=pgettext_lazy("filter", "Cycle"),
        queryset=Cycle.objects.begun().newest_first(),
        required=False,
        empty_label="—",
        widget=LongSelect,
    )


class AssessmentFilter(CycleFilter):
    q = forms.CharField(label=_("Stakeholder"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=pgettext_lazy("filter", "State"),
        required=False,
        choices=[("", "—"), ("none", pgettext_lazy("filter", "Not assessed")), *AssessmentState.choices],
    )
    answered = forms.ChoiceField(
        label=pgettext_lazy("filter", "Update"),
        required=False,
        choices=[
            ("", "—"),
            ("yes", pgettext_lazy("filter", "Submitted")),
            ("no", pgettext_lazy("filter", "Nothing submitted")),
        ],
    )


class ReplyForm(forms.Form):
    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    language = forms.ChoiceField(label=pgettext_lazy("filter", "Language"), choices=languages.CHOICES)
    text = BodyField(
        label=_("Your reply"),
        required=False,
        max_length=5_000,
        help_text=_("It stands under the assessment, word for word and in the same size."),
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if "reply" in self.data and not cleaned.get("text"):
            self.add_error("text", _("Write your reply, or say that there will be none."))
        return cleaned

    def reply(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the action takes; declining sends no words, whatever was typed."""
        return self.cleaned_data if "reply" in data else {**self.cleaned_data, "text": ""}


class CommentForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    text = BodyField(
        label=_("Your question or answer"),
        max_length=3_000,
        help_text=_("Only the stakeholder's people and the Secretariat read it; it is never public."),
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )


class PlanCycleForm(forms.Form):
    year = forms.IntegerField(label=pgettext_lazy("calendar", "Year"), min_value=2018, max_value=2100)
    quarter = forms.TypedChoiceField(
        label=pgettext_lazy("calendar", "Quarter"), coerce=int, choices=[(n, str(n)) for n in (1, 2, 3, 4)]
    )
    scope = forms.ChoiceField(label=_("Who is asked"), choices=CycleScope.choices, initial=CycleScope.EVERYONE)


class RemindForm(forms.Form):
    """Whom to remind: a row of the board, or with an empty key everyone on it."""

    cycle = forms.ModelChoiceField(queryset=Cycle.objects.begun())
    by = forms.ChoiceField(choices=[(key, key) for key in GROUPINGS])
    key = forms.SlugField(required=False)


class ReminderPlanForm(forms.Form):
    """One line of days for each owner kind; what a day may be stands in the model."""

    optional = tuple(kind for kind, _label in PLANNED_KINDS)

    def __init__(self, data: QueryDict | None = None, *, plan: Plan) -> None:
        super().__init__(data, initial={kind: write_days(plan[kind]) for kind, _label in PLANNED_KINDS})
        for kind, label in PLANNED_KINDS:
            widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
            self.fields[kind] = forms.CharField(label=label, required=False, max_length=100, widget=widget)


class SentFilter(forms.Form):
    """Of whom the sent reminders are shown; it lives in the address."""

    stakeholder: forms.ModelChoiceField[Stakeholder] = forms.ModelChoiceField(
        label=pgettext_lazy("filter", "Stakeholder"),
        queryset=Stakeholder.objects.none(),
        to_field_name="code",
        required=False,
    )

    def __init__(self, *args: Any, cycle: Cycle, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["stakeholder"]
        assert isinstance(chosen, forms.ModelChoiceField)
        told = Notice.objects.filter(reminder__cycle=cycle).values("reminder__stakeholder")
        chosen.queryset = Stakeholder.objects.filter(pk__in=told)


class InboxFilter(forms.Form):
    """The inbox's filters; they live in the address."""

    q = forms.CharField(label=_("Stakeholder"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=pgettext_lazy("filter", "State"),
        required=False,
        choices=[
            ("", "—"),
            (UpdateState.SUBMITTED.value, pgettext_lazy("filter", "To accept or return")),
            (UpdateState.ACCEPTED.value, pgettext_lazy("filter", "To publish")),
        ],
    )
    area: forms.ModelChoiceField[Area] = forms.ModelChoiceField(
        label=pgettext_lazy("filter", "Area"),
        queryset=Area.objects.none(),
        required=False,
        to_field_name="uid",
        empty_label="—",
    )
    cycle = forms.ModelChoiceField(
        label=pgettext_lazy("filter", "Cycle"),
        queryset=Cycle.objects.begun().newest_first(),
        required=False,
        empty_label="—",
        widget=LongSelect,
    )
    language = forms.ChoiceField(
        label=pgettext_lazy("filter", "Language"), required=False, choices=[("", "—"), *languages.CHOICES]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        current = Area.objects.filter(declaration__is_current=True).order_by("number")
        self.fields["area"].queryset = current  # type: ignore[attr-defined] # it is a ModelChoiceField


class SendDataForm(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    data_set = forms.ChoiceField(
        label=_("What the file holds"), choices=[(name, one.dataset.title) for name, one in DATA_SETS.items()]
    )
    file = forms.FileField(
        label=pgettext_lazy("import", "File"),
        allow_empty_file=True,
        help_text=_(
            "CSV, XLSX or JSON with the columns of its export. Nothing is changed before you have seen what would be."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json"}),
    )

    def renew(self, why: str) -> None:
        """Shown once more, it is another form."""
        self.add_error("file", why)
        self.data = {**self.data, "data_set": self.cleaned_data["data_set"], "key": str(uuid4())}
