"""Updates as a data set: its columns, and how a version stands in them."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from progress.models import Update, UpdateState, UpdateVersion
from progress.models.version import Status, UpdateVersionQuerySet
from stakeholders.columns import CHOICE, REFERENCE, WHOLE, Column, DataSet
from stakeholders.languages import CODES
from stakeholders.models import Appointment, User
from stakeholders.registry import CODES_OF_STAKEHOLDERS

UPDATES = DataSet(
    "updates",
    _("Updates"),
    _(
        "What stakeholders say of their commitments. Rows come in as drafts, or submitted, and only from those who "
        "write for the stakeholder; whoever reviews them accepts and publishes as ever."
    ),
    (
        Column("cycle", _("Cycle, like 2026-q4."), REFERENCE, required=True),
        Column("stakeholder", CODES_OF_STAKEHOLDERS, REFERENCE, required=True),
        Column("commitment", _("Id of the commitment in the catalogue."), REFERENCE, required=True),
        Column(
            "state",
            _("draft to save it, submitted to hand it in. Other states stand in exports, and stay where texts do."),
            CHOICE,
            required=True,
            choices=tuple(UpdateState.values),
        ),
        Column("version", _("Number of the version the row was made from; empty where nothing is written yet."), WHOLE),
        Column("language", _("Language it is written in."), CHOICE, required=True, choices=CODES),
        Column("status", _("Status of the commitment."), CHOICE, choices=tuple(Status.values)),
        Column("narrative", _("What was done."), most=10_000),
        Column("obstacles", _("Obstacles and support needed."), most=5_000),
        Column("next_steps", _("Next steps."), most=5_000),
        Column("sources", _("Evidence and sources."), most=2_000),
    ),
    ("cycle", "stakeholder", "commitment"),
)


def readable_versions(reader: User | None, at: datetime) -> UpdateVersionQuerySet:
    """At most one version an update: the one being worked on, for who writes for the stakeholder or runs the service;
    the one last submitted, for officers."""
    current = Q(number=F("update__version"))
    if reader is None:
        return UpdateVersion.objects.filter(current)
    writing = Appointment.objects.on(at.date()).writing().filter(person=reader).values("stakeholder")
    own = Q(update__assignment__stakeholder__in=writing)
    if not reader.is_officer:
        return UpdateVersion.objects.filter(current & own)
    submitted = UpdateVersion.objects.submitted().filter(update=OuterRef("update")).order_by("-number")
    last = UpdateVersion.objects.annotate(last_submitted=Subquery(submitted.values("number")[:1]))
    return last.filter((current & own) | (~own & Q(number=F("last_submitted"))))


def values_of_update(version: UpdateVersion) -> dict[str, str]:
    """The version as a row of UPDATES."""
    update = version.update
    assignment = update.assignment
    return {
        "cycle": assignment.cycle.key,
        "stakeholder": assignment.stakeholder.code,
        "commitment": assignment.commitment.uid,
        "state": state_of(version, update),
        "version": str(version.number),
        **version.content,
    }


def state_of(version: UpdateVersion, update: Update) -> str:
    """The state of the update, as far as it is about this version and not a later one in the making."""
    if version.number == update.version:
        return update.state
    return UpdateState.PUBLISHED if version.is_public else UpdateState.SUBMITTED


def rows_of_updates(reader: User | None, at: datetime) -> Iterator[dict[str, str]]:
    order = (
        "cycle__year",
        "cycle__quarter",
        "stakeholder__code",
        "commitment__area__declaration",
        "commitment__position",
    )
    versions = readable_versions(reader, at).with_everything()
    for version in versions.order_by(*(f"update__assignment__{name}" for name in order)).iterator(chunk_size=500):
        yield values_of_update(version)
