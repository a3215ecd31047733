"""Who may read a piece of evidence, and that reading it harms nobody."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from progress import actions
from progress.actions import NewEvidence
from progress.models import Evidence, Update
from tests.conftest import World, signed_in
from tests.factories import NOON, content, published, submitted, text_file

SECRET, OPEN = "Canary-for-the-review", "Canary-for-everyone"
CAST = ("nobody", "alice", "bob", "charlie", "dana")
EVERYONE = dict.fromkeys(CAST, 200)
INSIDERS = EVERYONE | {"nobody": 404, "charlie": 404}
THEIR_OWN = INSIDERS | {"dana": 404}


@pytest.fixture(autouse=True)
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EVIDENCE_DIR = tmp_path
    return tmp_path


def answers(world: World, piece: Evidence) -> dict[str, int]:
    clients = {person: signed_in(getattr(world, person)) if person != "nobody" else Client() for person in CAST}
    return {person: client.get(f"/en/evidence/{piece.pk}/").status_code for person, client in clients.items()}


def for_everyone(title: str = OPEN, **more: str) -> NewEvidence:
    return text_file(title, f"{title}.txt", visibility="public", **more)


def correct(world: World, update: Update, **more: object) -> Update:
    """The next version, a draft."""
    update.refresh_from_db()
    words = content(narrative="Corrected words.")
    return actions.save_draft(
        assignment=update.assignment,
        author=world.alice,
        based_on=update.version,
        at=NOON,
        **words,
        **more,  # type: ignore[arg-type]
    ).update


def publish(world: World, update: Update) -> None:
    version = update.versions.get(number=update.version)
    words = version.content
    actions.submit_update(assignment=update.assignment, author=world.alice, based_on=update.version, at=NOON, **words)
    update.refresh_from_db()
    for act in (actions.accept_update, actions.publish_update):
        act(update=update, officer=world.dana, based_on=update.version, at=NOON + timedelta(hours=1))


def test_it_works(world: World, client: Client) -> None:
    piece = published(world.task("2.1"), world.alice, world.dana, evidence=for_everyone()).evidence.get()
    assert answers(world, piece) == EVERYONE
    answer = client.get(f"/en/evidence/{piece.pk}/")
    assert b"".join(answer.streaming_content) == b"Two units."  # type: ignore[attr-defined]
    assert answer["Content-Disposition"] == f'attachment; filename="{OPEN}.txt"'
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["Cache-Control"] == "public, no-cache"


def test_what_is_for_the_review_alone_is_kept_by_no_cache(world: World, as_alice: Client) -> None:
    piece = published(world.task("2.1"), world.alice, world.dana, evidence=text_file(SECRET)).evidence.get()
    assert answers(world, piece) == INSIDERS
    assert as_alice.get(f"/en/evidence/{piece.pk}/")["Cache-Control"] == "private, no-store"


def test_public_evidence_is_for_insiders_until_its_version_is_published(world: World, as_alice: Client) -> None:
    task = world.task("2.1")
    piece = actions.save_draft(
        assignment=task, author=world.alice, based_on=0, at=NOON, evidence=for_everyone(), **content()
    ).evidence.get()
    assert answers(world, piece) == THEIR_OWN, "a draft is its stakeholder's alone"
    actions.submit_update(assignment=task, author=world.alice, based_on=1, at=NOON, **content())
    assert answers(world, piece) == INSIDERS
    assert as_alice.get(f"/en/evidence/{piece.pk}/")["Cache-Control"] == "private, no-store"


def test_it_stays_readable_while_a_version_that_has_it_is(world: World) -> None:
    update = published(world.task("2.1"), world.alice, world.dana, evidence=for_everyone())
    first = update.evidence.get()
    draft = correct(world, update, remove=[first.pk], evidence=for_everyone("Later"))
    later = update.evidence.exclude(pk=first.pk).get()
    assert answers(world, first) == EVERYONE, "the correction is not public yet"
    assert answers(world, later) == THEIR_OWN
    publish(world, draft)
    assert answers(world, first) == EVERYONE, "reports refer to the superseded version"
    assert answers(world, later) == EVERYONE


def test_it_goes_out_of_view_with_a_withdrawn_version(world: World) -> None:
    update = published(world.task("2.1"), world.alice, world.dana, evidence=for_everyone())
    piece = update.evidence.get()
    actions.withdraw_update(update=update, officer=world.dana, reason="Wrong commitment.")
    assert answers(world, piece) == INSIDERS
    publish(world, correct(world, update))
    assert answers(world, piece) == EVERYONE, "the version published after it has it too"


def test_a_right_that_ends_ends_at_the_next_request(world: World, as_alice: Client) -> None:
    piece = submitted(world.task("2.1"), world.alice, evidence=text_file()).evidence.get()
    assert as_alice.get(f"/en/evidence/{piece.pk}/").status_code == 200
    world.alice.appointments.update(ends_on=NOON.date() - timedelta(days=1))
    assert as_alice.get(f"/en/evidence/{piece.pk}/").status_code == 404


def test_nobody_is_sent_to_a_link(world: World, as_alice: Client) -> None:
    link = NewEvidence(link="https://evil.example/", visibility="public")
    piece = published(world.task("2.1"), world.alice, world.dana, evidence=link).evidence.get()
    assert as_alice.get(f"/en/evidence/{piece.pk}/").status_code == 404
    page = Client().get(f"/en/versions/{piece.update.versions.get().pk}/").content.decode()
    assert 'href="https://evil.example/" rel="nofollow noopener noreferrer"' in page


def test_a_name_made_to_mislead_is_sent_clean(world: World, as_alice: Client) -> None:
    file = text_file("x", 'a\u202etxt.exe\r\nX: y"; .txt')
    piece = submitted(world.task("2.1"), world.alice, evidence=file).evidence.get()
    header = as_alice.get(f"/en/evidence/{piece.pk}/")["Content-Disposition"]
    assert header == 'attachment; filename="atxt.exeX_ y_;.txt"'


def test_a_name_in_arabic_arrives(world: World, as_alice: Client) -> None:
    piece = submitted(world.task("2.1"), world.alice, evidence=text_file("x", "قائمة.txt")).evidence.get()
    header = as_alice.get(f"/en/evidence/{piece.pk}/")["Content-Disposition"]
    assert header.startswith("attachment; filename*=utf-8''%D9%82")


def test_a_file_that_is_gone_is_not_found(world: World, as_alice: Client, folder: Path) -> None:
    piece = submitted(world.task("2.1"), world.alice, evidence=text_file()).evidence.get()
    (folder / piece.stored_as).unlink()
    assert as_alice.get(f"/en/evidence/{piece.pk}/").status_code == 404


def test_what_is_for_the_review_alone_shows_on_no_page_of_others(world: World, as_alice: Client) -> None:
    update = published(world.task("2.1"), world.alice, world.dana, evidence=text_file(SECRET, f"{SECRET}.txt"))
    publish(world, correct(world, update, evidence=for_everyone()))
    canaries = dict.fromkeys(CAST, 0)
    for person in CAST:
        client = signed_in(getattr(world, person)) if person != "nobody" else Client()
        for path in paths(world, update):
            page = client.get(path, follow=True).content.decode()
            canaries[person] += SECRET in page
            if "/versions/" in path and path.endswith(f"/{update.versions.get(number=2).pk}/"):
                assert OPEN in page
    assert canaries["nobody"] == canaries["charlie"] == 0
    assert min(canaries[person] for person in ("alice", "bob", "dana")) >= 1


def paths(world: World, update: Update) -> list[str]:
    versions = [f"/versions/{version.pk}/" for version in update.versions.all()]
    public = ["/", f"/cycles/{world.cycle.key}/", "/areas/test-a2/", "/stakeholders/state-alpha/", *versions]
    public += [f"/commitments/{world.commitments['2.1'].uid}/", f"/cycles/{world.cycle.key}/figures/", "/reports/"]
    own = ["/desk/", f"/desk/assignments/{update.assignment_id}/", "/review/", f"/review/{update.pk}/"]
    return [f"/{language}{path}" for language in ("en", "ar") for path in public + own]


def test_a_page_with_many_versions_asks_for_their_evidence_once(
    world: World, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for who, author in ((world.alpha, world.alice), (world.beta, world.charlie)):
        published(world.task("1.1", who), author, world.dana, evidence=for_everyone(f"Of {author.name}"))
    with django_assert_max_num_queries(10):
        page = client.get(f"/en/commitments/{world.commitments['1.1'].uid}/").content.decode()
    assert "Of Alice" in page
    assert "Of Charlie" in page
    piece = Evidence.objects.order_by("pk")[0]
    with django_assert_max_num_queries(2):
        assert client.get(f"/en/evidence/{piece.pk}/").status_code == 200
