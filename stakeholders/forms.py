from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders import languages, time_zones
from stakeholders.actions import NewPerson
from stakeholders.actions.preferences import CHOSEN
from stakeholders.context import current_language
from stakeholders.models import AppointmentRole, TokenScope, User
from stakeholders.widgets import DayMonthYear


class AcceptForm(forms.Form):
    """What a person settles who opens their account."""

    name = forms.CharField(label=_("Your name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=_("At least 8 characters, not only digits, and not a password that many people use."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "dir": "ltr"}),
    )


class PreferencesForm(forms.Form):
    """What a person settles about the mails they get."""

    language = forms.ChoiceField(
        label=_("Language of mails"),
        choices=languages.CHOICES,
        help_text=_("Pages are in the language you choose at the top of each page."),
    )
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("A city whose clocks show your time. Digests arrive after eight in the morning there."),
    )
    wants_digests = forms.BooleanField(
        label=_("Send me digests of what is due"),
        required=False,
        help_text=_("At most one a day. Mails about your account and your appointments come in any case."),
    )

    def __init__(self, data: QueryDict | None = None, *, person: User) -> None:
        super().__init__(data, initial={name: getattr(person, name) for name in CHOSEN})
        zone = self.fields["time_zone"]
        assert isinstance(zone, forms.ChoiceField)
        zone.choices = time_zones.choices(current_language().code, also=person.time_zone)


class Takes(forms.Form):
    """A form that shows what an action refused, beside the field it is about where the form has that field."""

    def take(self, error: ValidationError) -> None:
        by_field = getattr(error, "error_dict", None) or {"": error.error_list}
        for name, errors in by_field.items():
            self.add_error(name if name in self.fields else None, errors)


class TokenForm(Takes):
    """A token for a program of one's own."""

    name = forms.CharField(
        label=_("What it is for"),
        max_length=80,
        help_text=_("The program that will use it, so that you know it again in this list."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    scope = forms.ChoiceField(
        label=_("What the program may do"),
        choices=TokenScope.choices,
        initial=TokenScope.READ,
        help_text=_("Never more than you may do yourself."),
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=_("How long it works"),
        coerce=int,
        choices=[
            (30, pgettext_lazy("token", "30 days")),
            (90, pgettext_lazy("token", "90 days")),
            (180, pgettext_lazy("token", "180 days")),
            (365, pgettext_lazy("token", "One year")),
        ],
        initial=90,
    )


class PersonForm(Takes):
    """A person by e-mail address; name and language are for those who have no account yet."""

    email = forms.EmailField(
        label=pgettext_lazy("form", "E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    name = forms.CharField(label=_("Name"), max_length=150)
    language = forms.ChoiceField(
        label=_("Language of mails"), choices=languages.CHOICES, help_text=_("The language this person reads best.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].initial = current_language().code

    def who(self) -> NewPerson:
        return NewPerson(**{name: self.cleaned_data[name] for name in ("email", "name", "language")})


class AppointForm(PersonForm):
    optional = ("ends_on",)

    role = forms.ChoiceField(
        label=pgettext_lazy("form", "Role"),
        help_text=_(
            "Authors write and submit. Approvers do so too and keep the team. Deputies stand in for both. "
            "Readers see everything and write nothing."
        ),
    )
    ends_on = forms.DateField(
        label=_("Until"),
        required=False,
        widget=DayMonthYear,
        help_text=_("Day, month and year of the last day; leave empty if it is not known."),
    )

    def __init__(self, *args: Any, roles: Iterable[AppointmentRole], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        role.choices = [(one.value, one.label) for one in roles]


class HandOverForm(PersonForm):
    """The successor."""


class InviteOfficerForm(PersonForm):
    pass


class PeopleFilter(forms.Form):
    q = forms.CharField(label=_("Name, e-mail address or stakeholder"), required=False, max_length=100)
