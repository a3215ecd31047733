"""The Secretariat's assessment: written, shown to the stakeholder, replied to, published by somebody else."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from progress import policies
from progress.conflicts import Conflict
from progress.models import (
    Assessment,
    AssessmentReply,
    AssessmentState,
    AssessmentVersion,
    Assignment,
    Rating,
    UpdateVersion,
)
from stakeholders import diary
from stakeholders.dates import long_date
from stakeholders.mail import queue_mail
from stakeholders.models import Appointment, User
from stakeholders.text import clean_body


def save_assessment(
    *,
    assignment: Assignment,
    officer: User,
    based_on: int,
    rating: str,
    reason: str,
    sources: str,
    language: str,
    at: datetime | None = None,
) -> AssessmentVersion:
    """Write a new version. What the stakeholder and the public have seen stays as it was.

    Raises PermissionDenied, ValidationError keyed by field, Conflict when somebody else saved meanwhile.
    """
    at = at or timezone.now()
    _require_officer(officer)
    version = AssessmentVersion(
        author=officer,
        created_at=at,
        rating=rating,
        reason=clean_body(reason),
        sources=clean_body(sources),
        language=language,
    )
    version.full_clean(exclude=["assessment", "number", "author"], validate_unique=False, validate_constraints=False)
    _require_grounds(version, assignment)
    with transaction.atomic():
        assessment, _created = Assessment.objects.get_or_create(assignment=assignment, defaults={"changed_at": at})
        current = assessment.versions.filter(number=assessment.version).first()
        if current and current.content == version.content and assessment.state == AssessmentState.DRAFT:
            return current
        _move(assessment, based_on, AssessmentState.DRAFT, at, version=based_on + 1)
        version.assessment, version.number = assessment, based_on + 1
        version.save(force_insert=True)
        diary.record(actor=officer, verb="assessment.saved", subject=assessment, at=at, version=version.number)
    return version


def show_assessment(*, assessment: Assessment, officer: User, based_on: int, at: datetime | None = None) -> None:
    """Let the stakeholder read it and say until when a reply is awaited; its writers are told by mail."""
    at = at or timezone.now()
    _require_officer(officer)
    _require_state(assessment, AssessmentState.DRAFT)
    until = at.date() + timedelta(days=settings.ASSESSMENT_REPLY_DAYS)
    with transaction.atomic():
        _move(assessment, based_on, AssessmentState.SHOWN, at)
        assessment.versions.filter(number=based_on).update(shown_at=at, reply_until=until)
        diary.record(actor=officer, verb="assessment.shown", subject=assessment, at=at, version=based_on)
        _tell_stakeholder(assessment, based_on, at)


def reply_to_assessment(
    *,
    assessment: Assessment,
    person: User,
    based_on: int,
    text: str,
    language: str,
    at: datetime | None = None,
) -> AssessmentReply:
    """Reply to the text that was shown; an empty one says that there will be none. The newest reply stands.

    Raises PermissionDenied, ValidationError, Conflict once it is published or another text was shown.
    """
    at = at or timezone.now()
    if not policies.may_reply(person, assessment, at=at):
        raise PermissionDenied
    with transaction.atomic():
        same = Assessment.objects.select_for_update().filter(
            pk=assessment.pk, version=based_on, state=AssessmentState.SHOWN
        )
        if not same.exists():
            raise Conflict(_("This assessment has moved on since you opened it."))
        version = assessment.versions.get(number=based_on)
        reply = AssessmentReply(version=version, author=person, at=at, language=language, text=clean_body(text))
        reply.full_clean(exclude=["version", "author"])
        reply.save(force_insert=True)
        diary.record(actor=person, verb="assessment.replied", subject=assessment, at=at, version=based_on)
        _tell_officer(assessment, version, reply, at)
    return reply


def publish_assessment(*, assessment: Assessment, officer: User, based_on: int, at: datetime | None = None) -> None:
    """Show it to everyone with the reply, once there is one or the days for it are over.

    PermissionDenied for whoever wrote it: publication takes two people.
    """
    at = at or timezone.now()
    _require_officer(officer)
    _require_state(assessment, AssessmentState.SHOWN)
    version = assessment.versions.get(number=based_on)
    if version.author_id == officer.pk:
        raise PermissionDenied
    if version.reply is None and version.reply_until is not None and at.date() <= version.reply_until:
        raise ValidationError(
            _("The stakeholder may reply until %(day)s. Publish after that day, or once it has replied.")
            % {"day": long_date(version.reply_until)}
        )
    with transaction.atomic():
        _move(assessment, based_on, AssessmentState.PUBLISHED, at)
        AssessmentVersion.objects.published().filter(assessment=assessment).update(unpublished_at=at)
        AssessmentVersion.objects.filter(pk=version.pk).update(published_at=at, published_by=officer)
        diary.record(actor=officer, verb="assessment.published", subject=assessment, at=at, version=based_on)


def withdraw_assessment(*, assessment: Assessment, officer: User, reason: str, at: datetime | None = None) -> None:
    """Take the published version out of view. The diary keeps the reason."""
    at = at or timezone.now()
    _require_officer(officer)
    reason = clean_body(reason)
    if not reason:
        raise ValidationError({"withdrawal": _("Give the reason.")})
    with transaction.atomic():
        public = AssessmentVersion.objects.published().filter(assessment=assessment)
        if public.update(unpublished_at=at) != 1:
            raise ValidationError(_("This assessment is not public, so it cannot be withdrawn."))
        Assessment.objects.filter(pk=assessment.pk, state=AssessmentState.PUBLISHED).update(
            state=AssessmentState.WITHDRAWN, changed_at=at
        )
        diary.record(actor=officer, verb="assessment.withdrawn", subject=assessment, at=at, reason=reason)


def _require_officer(officer: User) -> None:
    if not policies.may_review(officer):
        raise PermissionDenied


def _require_state(assessment: Assessment, state: AssessmentState) -> None:
    assessment.refresh_from_db(fields=["state", "version"])
    if assessment.state != state:
        raise Conflict(
            _("This assessment is in the state “%(state)s” by now, so this step cannot be taken.")
            % {"state": assessment.get_state_display()}
        )


def _require_grounds(version: AssessmentVersion, assignment: Assignment) -> None:
    """A rating rests on what was submitted or on sources; "no information received" on neither."""
    was_submitted = UpdateVersion.objects.submitted().filter(update__assignment=assignment).exists()
    if version.rating == Rating.NO_INFORMATION and was_submitted:
        raise ValidationError({"rating": _("An update was submitted on this, so information was received.")})
    if version.rating != Rating.NO_INFORMATION and not was_submitted and not version.sources:
        raise ValidationError({"sources": _("Nothing was submitted on this, so name the sources of the assessment.")})


def _move(assessment: Assessment, based_on: int, state: str, at: datetime, *, version: int | None = None) -> None:
    same = Assessment.objects.filter(pk=assessment.pk, version=based_on)
    if same.update(state=state, changed_at=at, version=based_on if version is None else version) != 1:
        raise Conflict(_("This assessment has moved on since you opened it."))
    assessment.state, assessment.version = state, based_on if version is None else version


def _tell_stakeholder(assessment: Assessment, number: int, at: datetime) -> None:
    assignment = assessment.assignment
    writing = Appointment.objects.on(at.date()).writing().filter(stakeholder=assignment.stakeholder)
    version = assessment.versions.get(number=number)
    for person in User.objects.filter(is_active=True, appointments__in=writing).distinct():
        with translation.override(person.language):
            context = {
                "person": person,
                "assignment": assignment,
                "reply_until": version.reply_until,
                "address": settings.SITE_ADDRESS + reverse("assessment", args=[assignment.pk]),
            }
            body = render_to_string("progress/mail/assessment_shown.txt", context)
            subject = _("Assessment of %(code)s: you may reply") % {"code": assignment.commitment.code}
        queue_mail(person=person, fact=f"assessment:{version.pk}", subject=subject, body=body, at=at)


def _tell_officer(assessment: Assessment, version: AssessmentVersion, reply: AssessmentReply, at: datetime) -> None:
    assignment, officer = assessment.assignment, version.author
    with translation.override(officer.language):
        context = {
            "person": officer,
            "assignment": assignment,
            "address": settings.SITE_ADDRESS + reverse("assess", args=[assignment.pk]),
        }
        body = render_to_string("progress/mail/assessment_replied.txt", context)
        subject = _("Reply to the assessment of %(code)s") % {"code": assignment.commitment.code}
    queue_mail(person=officer, fact=f"assessment-reply:{reply.pk}", subject=subject, body=body, at=at)
