"""What the address of a search says: its words and its filters."""

from collections.abc import Iterable
from datetime import UTC, datetime, time
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Choices
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from commitments.models import OwnerKind
from progress.models import Cycle, Status
from reports.search import Asked, Catalogue, ResultKind, read_register, stakeholder_of, stakeholders_called
from stakeholders.folding import Term, terms_of
from stakeholders.models import Stakeholder
from stakeholders.text import isolated
from stakeholders.widgets import LongSelect

FILTERS = ("kind", "status", "area", "owner", "cycle", "stakeholder")
PAGE = "page"
LONGEST = 200
NAMED_AT_MOST = 5
RECENT_CYCLES = 8


class SearchForm(forms.Form):
    """A GET form; whatever is wrong in the address is told beside the field it belongs to, and kept there."""

    optional = FILTERS

    q = forms.CharField(
        label=pgettext_lazy("search", "Words to look for"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy(
            "In any of the six languages; all words must be found. A word of three letters or more also finds longer "
            "words that begin with it."
        ),
        widget=forms.TextInput(attrs={"type": "search", "dir": "auto"}),
    )
    kind = forms.ChoiceField(label=pgettext_lazy("search", "What to find"), required=False)
    status = forms.ChoiceField(label=pgettext_lazy("filter", "Status"), required=False)
    area = forms.ChoiceField(label=pgettext_lazy("filter", "Area"), required=False)
    owner = forms.ChoiceField(label=pgettext_lazy("filter", "Owner kind"), required=False)
    cycle = forms.ChoiceField(label=pgettext_lazy("filter", "Cycle"), required=False, widget=LongSelect)
    stakeholder = forms.CharField(
        label=pgettext_lazy("filter", "Stakeholder"),
        required=False,
        max_length=LONGEST,
        help_text=gettext_lazy("A name in any language, an acronym or a code."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )

    def __init__(self, data: QueryDict, *, catalogue: Catalogue, cycles: list[Cycle], register: "Register") -> None:
        super().__init__(data or None)
        self.catalogue, self.register = catalogue, register
        self.cycles = {cycle.key: cycle for cycle in cycles}
        self.terms: list[Term] = []
        self.words: dict[str, dict[str, str]] = {}
        self._offer("kind", ResultKind)
        self._offer("status", Status)
        self._offer("area", [(area.uid, area.short_title) for area in catalogue.areas])
        self._offer("owner", OwnerKind)
        self._offer("cycle", [(cycle.key, str(cycle)) for cycle in cycles])

    def _offer(self, name: str, choices: Iterable[tuple[str, Any]] | type[Choices]) -> None:
        """What can be chosen; a value of the address that cannot stays in the list, so that it is seen."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        known = list(choices.choices if isinstance(choices, type) else choices)
        self.words[name] = {value: str(label) for value, label in known}
        field.choices = [("", "—"), *known]
        refusal = _("“%(value)s” is not one of the choices of “%(field)s”.")
        field.error_messages["invalid_choice"] = refusal % {"value": isolated("%(value)s"), "field": field.label}
        typed = self.data.get(name, "") if self.is_bound else ""
        if typed and typed not in self.words[name]:
            field.widget.choices = [*field.choices, (typed, typed[:LONGEST])]

    def clean_q(self) -> str:
        typed: str = self.cleaned_data["q"]
        self.terms = terms_of(typed)
        if typed and not self.terms:
            raise ValidationError(_("“%(words)s” holds no letter or figure to look for."), params={"words": typed})
        return typed

    def clean_stakeholder(self) -> Stakeholder | None:
        typed: str = self.cleaned_data["stakeholder"]
        if not typed:
            return None
        called = stakeholders_called(typed, self.register.everyone)
        if len(called) == 1:
            return stakeholder_of(called[0])
        if not called:
            raise ValidationError(_("No stakeholder is called “%(name)s”."), params={"name": isolated(typed)})
        raise ValidationError(
            _("Several stakeholders are called “%(name)s”: %(names)s. Type the one you mean in full."),
            params={
                "name": isolated(typed),
                "names": " · ".join(isolated(stakeholder_of(who).name) for who in called[:NAMED_AT_MOST]),
            },
        )

    def clean(self) -> None:
        for name in sorted(set(self.data) - {*self.fields, PAGE}):
            self.add_error(None, _("“%(name)s” is not a filter of this page.") % {"name": isolated(name[:LONGEST])})

    @property
    def asked(self) -> Asked:
        """What a valid form asks for."""
        chosen = self.cleaned_data
        return Asked(
            self.terms,
            kind=chosen["kind"],
            status=chosen["status"],
            area=chosen["area"],
            owner=chosen["owner"],
            cycle=self.cycles.get(chosen["cycle"]),
            stakeholder=chosen["stakeholder"],
            recent=self._recent,
        )

    @property
    def _recent(self) -> datetime | None:
        older = list(self.cycles.values())[RECENT_CYCLES:]
        return datetime.combine(older[0].closes_on, time.max, tzinfo=UTC) if older else None

    @property
    def chosen(self) -> list[tuple[str, str, str]]:
        """(label, value in words, the search without it) of every filter in use."""
        told = []
        for name in FILTERS:
            if value := self.cleaned_data.get(name):
                words = self.words.get(name, {}).get(value, str(value))
                told.append((str(self.fields[name].label), words, self._address_without(name)))
        return told

    def _address_without(self, name: str) -> str:
        left = {kept: value for kept, value in self.data.items() if value and kept not in (name, PAGE)}
        return f"?{urlencode(left)}"


class Register:
    """All stakeholders, read when somebody asks for them first."""

    @cached_property
    def everyone(self) -> list[Any]:
        return read_register()
