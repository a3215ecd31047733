from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders import languages
from stakeholders.text import validate_single_line
from stakeholders.time_zones import validate_time_zone


class Duty(models.TextChoices):
    """What a person does for the Secretariat; what they do for a stakeholder is an appointment."""

    NONE = "none", pgettext_lazy("duty", "None")
    OFFICER = "officer", pgettext_lazy("duty", "Secretariat officer")


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who can log in. E-mail addresses are stored in lower case."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, validators=[validate_single_line])
    language = models.CharField(_("language"), max_length=10, choices=languages.CHOICES, default="en")
    time_zone = models.CharField(_("time zone"), max_length=50, default="UTC", validators=[validate_time_zone])
    wants_digests = models.BooleanField(_("takes digests"), default=True)
    duty = models.CharField(_("duty"), max_length=20, choices=Duty, default=Duty.NONE)
    is_staff = models.BooleanField(_("administrator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_demonstration = models.BooleanField(_("demonstration"), default=False)
    joined_at = models.DateTimeField(_("joined at"), auto_now_add=True)
    password_set_at = models.DateTimeField(_("password set at"), null=True, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email=Lower("email")),
                name="user_email_is_lower_case",
                violation_error_message=_("Write the e-mail address in lower case."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} <{self.email}>"

    def set_password(self, raw_password: str | None) -> None:
        """Whoever sets a password, through whichever door, shuts out the tokens made before (Token.valid).

        Hashing the same password anew, as a log-in does after an update of Django, stores the password alone, and so
        leaves the moment and the tokens as they are.
        """
        super().set_password(raw_password)
        self.password_set_at = timezone.now()

    def clock(self, at: datetime) -> datetime:
        """That instant as the clocks show it where this person is."""
        return at.astimezone(ZoneInfo(self.time_zone))

    @property
    def is_officer(self) -> bool:
        return self.is_active and self.duty == Duty.OFFICER
