"""What the Secretariat said in public stands in the first cycle; the demonstration walks through every state."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from pytest_django import Settings

from commitments.actions import load_catalogue
from commitments.catalogue import EDITION
from progress.actions import load_published_sources
from progress.models import Assignment, Cycle, Update, UpdateVersion
from progress.published_sources import SECRETARIAT_PAGE
from stakeholders.actions import load_registry
from stakeholders.diary import first_break
from stakeholders.models import DiaryEntry, Stakeholder, User
from stakeholders.registry import REGISTRY

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _loaded() -> None:
    load_catalogue(folder=EDITION)
    load_registry(folder=REGISTRY)


def test_they_are_published_in_a_closed_cycle_that_asked_the_secretariat_alone() -> None:
    count = load_published_sources(folder=SECRETARIAT_PAGE)
    cycle = Cycle.objects.get()
    assert (cycle.key, cycle.state, cycle.scope) == ("2019-q4", "closed", "secretariat")
    asked = Assignment.objects.values_list("stakeholder__code", flat=True).distinct()
    assert list(asked) == ["un-secretariat"]
    versions = list(UpdateVersion.objects.published())
    assert len(versions) == count >= 15
    assert all(v.author is None and v.from_published_source and "un.org/ar/A4P" in v.sources for v in versions)
    assert all(v.translations.count() == 5 for v in versions)


def test_loading_again_changes_nothing() -> None:
    load_published_sources(folder=SECRETARIAT_PAGE)
    lines = DiaryEntry.objects.count()
    load_published_sources(folder=SECRETARIAT_PAGE)
    assert DiaryEntry.objects.count() == lines


def test_the_demonstration_has_an_update_in_every_state_and_is_marked(settings: Settings) -> None:
    settings.DEMONSTRATION = True
    call_command("seed_demo")
    states = set(Update.objects.values_list("state", flat=True))
    assert states == {"draft", "submitted", "returned", "accepted", "published", "withdrawn"}
    speakers = Update.objects.values_list("assignment__stakeholder__is_demonstration", flat=True)
    assert set(speakers) == {True}, "nothing invented is said by a real State"
    assert all(user.is_demonstration for user in User.objects.all())
    public = UpdateVersion.objects.published()
    assert public.count() == UpdateVersion.objects.published(timezone.now()).count() == 8, "a report shows them at once"
    lines = DiaryEntry.objects.count()
    call_command("seed_demo")
    assert DiaryEntry.objects.count() == lines
    assert first_break() is None
    assert Cycle.objects.open().count() == 1
    assert Cycle.objects.open().get().takes_updates_on(timezone.now().date())


def test_production_has_no_demonstration() -> None:
    with pytest.raises(CommandError):
        call_command("seed_demo")
    assert not Stakeholder.objects.filter(is_demonstration=True).exists()


def test_the_diary_shows_tampering() -> None:
    load_published_sources(folder=SECRETARIAT_PAGE)
    call_command("verify_diary")
    DiaryEntry.objects.filter(number=3).update(verb="update.nothing_happened")
    broken = first_break()
    assert broken is not None
    assert broken.number == 3
    with pytest.raises(CommandError, match="line 3"):
        call_command("verify_diary")
