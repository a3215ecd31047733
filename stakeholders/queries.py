"""Reads over people and appointments."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from stakeholders.models import Appointment, Duty, Invitation, Stakeholder, User
from stakeholders.models.clock import BEAT, ClockTick


def team_of(stakeholder: Stakeholder, *, at: datetime) -> QuerySet[Appointment]:
    """Those who speak for it now."""
    appointments = Appointment.objects.on(at.date()).filter(stakeholder=stakeholder)
    return appointments.select_related("person").order_by("role", "person__name")


def former_team_of(stakeholder: Stakeholder, *, at: datetime) -> QuerySet[Appointment]:
    over = Q(ended_at__isnull=False) | Q(ends_on__lt=at.date())
    return Appointment.objects.filter(over, stakeholder=stakeholder).select_related("person").order_by("-starts_on")


def people(wanted: str, *, at: datetime) -> QuerySet[User]:
    """Everybody whose name, address or stakeholder holds these words, each with what they are appointed to now."""
    now = Appointment.objects.on(at.date()).select_related("stakeholder")
    found = User.objects.order_by("name", "pk").prefetch_related(Prefetch("appointments", now, to_attr="current"))
    newest = Invitation.objects.filter(person=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    found = found.annotate(newest_invitation=Subquery(newest))
    found = found.annotate(is_invited=Exists(Invitation.objects.open(at).filter(person=OuterRef("pk"))))
    if not wanted:
        return found
    theirs = Appointment.objects.on(at.date()).filter(
        person=OuterRef("pk"), stakeholder__in=Stakeholder.objects.named(wanted)
    )
    return found.filter(Q(name__icontains=wanted) | Q(email__icontains=wanted) | Exists(theirs))


def unsubscribed(*, at: datetime) -> QuerySet[User]:
    """Those who would get digests and want none, each with what they are appointed to write for now."""
    writing = Appointment.objects.on(at.date()).writing().select_related("stakeholder")
    without = User.objects.filter(wants_digests=False, is_active=True).order_by("name", "pk")
    concerned = without.filter(Q(duty=Duty.OFFICER) | Exists(writing.filter(person=OuterRef("pk"))))
    return concerned.prefetch_related(Prefetch("appointments", writing, to_attr="current"))


def last_tick() -> datetime | None:
    """When the clock was last heard; None as long as it never ran here."""
    return ClockTick.objects.filter(pk=BEAT).values_list("at", flat=True).first()


class Stakeholders:
    """Every stakeholder by the codes that name it: of ISO 3166, of M49, of the registry. Asked once, kept in memory."""

    def __init__(self) -> None:
        self._by_code: dict[str, Stakeholder] = {}
        for one in Stakeholder.objects.all():
            for code in (one.code, one.iso_alpha2, one.iso_alpha3, one.m49):
                if code:
                    self._by_code[code] = one

    def find(self, code: str) -> Stakeholder | None:
        """Codes alone: a name never finds anybody. M49 codes that lost their zeros are known too."""
        return self._by_code.get(code) or self._by_code.get(code.zfill(3))
