"""What comes from a published source and not from a focal point's pen. Commands only; nobody is its author."""

from datetime import datetime
from typing import Unpack

from django.db import transaction
from django.utils import timezone

from progress.actions.indexing import index_update
from progress.actions.moves import put_in_public
from progress.actions.writing import Content
from progress.models import (
    Assignment,
    TranslationState,
    Update,
    UpdateState,
    UpdateTranslation,
    UpdateVersion,
)
from stakeholders import diary
from stakeholders.text import clean_body


def record_published_source(
    *, assignment: Assignment, at: datetime | None = None, **content: Unpack[Content]
) -> UpdateVersion:
    """Enter as published what its owner has said in public elsewhere; `sources` must name the place.

    Recording the same again changes nothing. Raises ValidationError keyed by field.
    """
    at = at or timezone.now()
    version = UpdateVersion(
        from_published_source=True,
        created_at=at,
        submitted_at=at,
        **{k: clean_body(str(v)) for k, v in content.items()},
    )
    version.full_clean(exclude=["update", "number", "author"], validate_unique=False, validate_constraints=False)
    version.clean_for_submission()
    with transaction.atomic():
        update, _created = Update.objects.get_or_create(assignment=assignment, defaults={"changed_at": at})
        current = update.versions.filter(number=update.version).first()
        if current and current.content == version.content:
            return current
        version.update, version.number = update, update.version + 1
        version.save(force_insert=True)
        Update.objects.filter(pk=update.pk).update(version=version.number, state=UpdateState.PUBLISHED, changed_at=at)
        diary.record(actor=None, verb="update.source_recorded", subject=update, at=at, version=version.number)
        put_in_public(version, None, at)
    return version


def record_translation(
    *,
    version: UpdateVersion,
    language: str,
    state: str = TranslationState.DRAFT,
    at: datetime | None = None,
    **texts: str,
) -> UpdateTranslation:
    """Set a version's text in one more language, in place of an earlier translation. Raises ValidationError."""
    at = at or timezone.now()
    with transaction.atomic():
        known = UpdateTranslation.objects.filter(version=version, language=language).first()
        translation = known or UpdateTranslation(version=version, language=language, created_at=at)
        wanted = {"state": state, **{name: clean_body(text) for name, text in texts.items()}}
        if known and all(getattr(known, name) == value for name, value in wanted.items()):
            return known
        for name, value in wanted.items():
            setattr(translation, name, value)
        translation.full_clean()
        translation.save()
        index_update(version.update_id)
        diary.record(
            actor=None,
            verb="update.translated",
            subject=version.update,
            at=at,
            language=language,
            state=state,
        )
    return translation
