from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from stakeholders.models.user import User
from stakeholders.text import validate_single_line

LONGEST = timedelta(days=366)


class TokenScope(models.TextChoices):
    """What a program may do with a token; each scope holds those before it."""

    READ = "read", pgettext_lazy("token scope", "Read")
    WRITE = "write", pgettext_lazy("token scope", "Read and write")
    PUBLISH = "publish", pgettext_lazy("token scope", "Read, write, publish and withdraw")

    def holds(self, other: "TokenScope") -> bool:
        order = list(TokenScope)
        return order.index(self) >= order.index(other)


class TokenQuerySet(models.QuerySet["Token"]):
    def valid(self, at: datetime) -> "TokenQuerySet":
        """Those that still let a program in: not ended, not expired, made under the password that their person has
        now, and their person's account is open."""
        set_at = "person__password_set_at"
        made_since = Q(**{f"{set_at}__isnull": True}) | Q(created_at__gte=models.F(set_at))
        return self.filter(made_since, ended_at__isnull=True, expires_at__gt=at, person__is_active=True)

    def standing(self) -> "TokenQuerySet":
        """Those nobody has ended, expired or not: what a person sees in their list."""
        return self.filter(ended_at__isnull=True)


class Token(models.Model):
    """What a program shows instead of a password, on behalf of one person. Only its digest is kept."""

    person = models.ForeignKey(User, models.PROTECT, related_name="tokens", verbose_name=_("person"))
    name = models.CharField(pgettext_lazy("token", "name"), max_length=80, validators=[validate_single_line])
    scope = models.CharField(_("scope"), max_length=10, choices=TokenScope)
    prefix = models.CharField(_("beginning"), max_length=12, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = TokenQuerySet.as_manager()

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "name"],
                condition=Q(ended_at__isnull=True),
                name="token_name_once",
                violation_error_message=_("You have a token of this name. Choose another name, or end that token."),
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")), name="token_expires_after_it_was_made"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    @property
    def is_outlived(self) -> bool:
        """Its person has set another password since."""
        set_at = self.person.password_set_at
        return set_at is not None and set_at > self.created_at
