"""The Secretariat's reading of some answers: written, shown, replied to by half, published by another officer."""

import random
from datetime import datetime, timedelta

from django.conf import settings

from progress.generated.cast import Cast
from progress.generated.rows import Rows
from progress.generated.texts import Texts
from progress.models import Assessment, AssessmentReply, AssessmentState, AssessmentVersion, Assignment, Rating

SHARE, WITH_REPLY = 0.05, 0.5
RATINGS = (Rating.NONE_SEEN, Rating.SOME, Rating.SUBSTANTIAL, Rating.FULFILLED)
A_DAY = timedelta(days=1)


class Assessor:
    def __init__(self, rows: Rows, texts: Texts, cast: Cast, chance: random.Random) -> None:
        self._rows, self._texts, self._cast, self._chance = rows, texts, cast, chance

    def assess(self, assignment: Assignment, *, is_silent: bool, until: datetime) -> None:
        """Published just before `until`, after the days a stakeholder has to reply."""
        chance, rows = self._chance, self._rows
        writer, publisher = chance.sample(self._cast.officers, 2)
        shown_at = until - (settings.ASSESSMENT_REPLY_DAYS + 2) * A_DAY
        saved_at, reply_until = shown_at - A_DAY, shown_at.date() + settings.ASSESSMENT_REPLY_DAYS * A_DAY
        pk, version = rows.new_id(Assessment), rows.new_id(AssessmentVersion)
        rating = Rating.NO_INFORMATION if is_silent else chance.choice(RATINGS)
        reason = self._texts.draw(writer.language, "obstacles", chance).text
        sources = f"GENERATED/{assignment.cycle.year}/A{pk}"
        words = (writer.language, rating.value, reason, sources)
        rows.add(Assessment, pk, assignment.pk, AssessmentState.PUBLISHED.value, 1, until)
        moments = (shown_at, reply_until, until, publisher.pk, None)
        rows.add(AssessmentVersion, version, pk, 1, writer.pk, saved_at, *words, *moments)
        subject = (Assessment, pk)
        rows.note(saved_at, writer.pk, "assessment.saved", subject, version=1)
        rows.note(shown_at, writer.pk, "assessment.shown", subject, version=1)
        if chance.random() < WITH_REPLY:
            author, at = self._cast.authors[assignment.stakeholder_id], shown_at + A_DAY
            text = self._texts.draw(author.language, "next_steps", chance).text
            rows.add(AssessmentReply, rows.new_id(AssessmentReply), version, author.pk, at, author.language, text)
            rows.note(at, author.pk, "assessment.replied", subject, version=1)
        rows.note(until, publisher.pk, "assessment.published", subject, version=1)
