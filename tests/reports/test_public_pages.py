"""What everyone may read, and what nobody outside may: drafts, corrections in the making, withdrawn texts."""

from datetime import timedelta

import pytest
from django.test import Client

from progress import actions
from progress.models import Update, UpdateVersion
from stakeholders.models import Standing
from tests import factories
from tests.conftest import World, text


@pytest.fixture
def update(world: World) -> Update:
    return factories.published(world.task("2.1"), world.alice, world.dana, narrative="Published words.")


def public_paths(world: World, update: Update) -> list[str]:
    commitment = world.commitments["2.1"].uid
    version = UpdateVersion.objects.published().get(update=update)
    return [
        "/en/",
        f"/en/cycles/{world.cycle.key}/",
        "/en/areas/test-a2/",
        f"/en/commitments/{commitment}/",
        "/en/stakeholders/state-alpha/",
        f"/en/versions/{version.pk}/",
    ]


def test_a_published_update_is_on_its_commitments_page_and_its_own(
    world: World, update: Update, client: Client
) -> None:
    version = update.versions.get()
    page = text(client, f"/en/commitments/{world.commitments['2.1'].uid}/")
    assert "Published words." in page
    assert f"/en/versions/{version.pk}/" in page
    assert "Published words." in text(client, f"/en/versions/{version.pk}/")
    assert "1 of 1" in text(client, "/en/areas/test-a2/")


def test_an_edit_in_progress_is_on_no_public_page(world: World, update: Update, client: Client) -> None:
    words = factories.content(narrative="Canary of a correction.")
    draft = actions.submit_update(assignment=update.assignment, author=world.alice, based_on=1, **words)
    for path in public_paths(world, update):
        assert "Canary" not in text(client, path)
    text(client, f"/en/versions/{draft.pk}/", status=404)


def test_a_superseded_version_stays_readable_and_says_so(world: World, update: Update, client: Client) -> None:
    first = update.versions.get()
    words = factories.content(narrative="Corrected words.")
    later = factories.NOON + timedelta(minutes=1)
    second = actions.submit_update(assignment=update.assignment, author=world.alice, based_on=1, at=later, **words)
    update.refresh_from_db()
    actions.accept_update(update=update, officer=world.dana, based_on=2, at=later)
    actions.publish_update(update=update, officer=world.dana, based_on=2, at=later)
    assert "A later version has taken the place of this one." in text(client, f"/en/versions/{first.pk}/")
    assert "A later version" not in text(client, f"/en/versions/{second.pk}/")


def test_a_withdrawn_version_is_gone_everywhere(world: World, update: Update, client: Client) -> None:
    version = update.versions.get()
    actions.withdraw_update(update=update, officer=world.dana, reason="Wrong commitment.")
    text(client, f"/en/versions/{version.pk}/", status=404)
    assert "Published words." not in text(client, f"/en/commitments/{world.commitments['2.1'].uid}/")


def test_a_text_in_another_language_says_so_and_keeps_its_direction(world: World, client: Client) -> None:
    arabic = "دُرّبت وحدتان وجُهّزتا وفقا للمعايير."
    update = factories.published(world.task("2.1"), world.alice, world.dana, language="ar", narrative=arabic)
    path = f"/en/versions/{update.versions.get().pk}/"
    page = text(client, path)
    assert "it has not been translated into the language of this page yet" in page
    assert 'lang="ar" dir="rtl"' in page
    actions.record_translation(version=update.versions.get(), language="en", narrative="Two units were trained.")
    page = text(client, path)
    assert "Two units were trained." in page
    assert "Draft translation" in page


def test_an_unknown_endorsement_is_never_shown_as_a_no(world: World, client: Client) -> None:
    page = text(client, "/en/stakeholders/state-beta/")
    assert f"<dd>{Standing.UNKNOWN.label}</dd>" in page
    assert f"<dd>{Standing.NOT_HELD.label}</dd>" not in page


@pytest.mark.parametrize(
    "path",
    [
        "/en/reports/------------------------------------/ar.pdf",
        "/en/reports/00000000-0000-0000-0000-000000000000/ar.pdf",
        "/en/cycles/99999999999999999999-q4/",
        "/en/cycles/tomorrow/",
        "/en/?cycle=2026-q9",
        "/en/versions/99999999999999999999/",
        "/en/stakeholders/state-nowhere/",
    ],
)
def test_an_address_that_names_nothing_is_not_found(world: World, client: Client, path: str) -> None:
    text(client, path, status=404)
