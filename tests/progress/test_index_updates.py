"""What search may find follows what is public, also when two things happen to an update at the same moment."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.management import call_command

from progress import actions
from progress.models import PublishedWords
from progress.search import Narrowing, published_with
from stakeholders.folding import terms_of
from tests import factories
from tests.conftest import World
from tests.together import together


def found(words: str) -> int:
    return len(published_with(terms_of(words), Narrowing(), limit=10))


@pytest.mark.django_db(transaction=True)
def test_a_translation_stored_while_its_version_is_published_is_found(world: World) -> None:
    update = factories.submitted(world.task("2.1"), world.alice, narrative="Units trained.")
    actions.accept_update(update=update, officer=world.dana, based_on=1)
    version = update.versions.get()
    steps: list[Callable[[], object]] = [
        lambda: actions.publish_update(update=update, officer=world.dana, based_on=1),
        lambda: actions.record_translation(version=version, language="fr", narrative="Formation achevée."),
        lambda: actions.record_translation(version=version, language="es", narrative="Formación terminada."),
    ]
    together(lambda: steps.pop()(), times=len(steps))
    assert found("trained achevee terminada") == 1
    call_command("index_updates", "--verify")


@pytest.mark.django_db(transaction=True)
def test_a_translation_stored_while_its_version_is_withdrawn_is_not_found(world: World) -> None:
    update = factories.published(world.task("2.1"), world.alice, world.dana, narrative="Units trained.")
    version = update.versions.get()
    steps: list[Callable[[], object]] = [
        lambda: actions.withdraw_update(update=update, officer=world.dana, reason="Wrong."),
        lambda: actions.record_translation(version=version, language="fr", narrative="Formation achevée."),
        lambda: actions.rebuild_index(),
    ]
    together(lambda: steps.pop()(), times=len(steps))
    assert (found("trained"), found("achevee"), PublishedWords.objects.count()) == (0, 0, 0)


def test_a_translation_of_what_is_not_public_makes_nothing_found(world: World) -> None:
    update = factories.submitted(world.task("2.1"), world.alice)
    actions.record_translation(version=update.versions.get(), language="fr", narrative="Formation achevée.")
    assert not PublishedWords.objects.exists()


def test_a_refused_step_leaves_what_is_found_as_it_is(world: World) -> None:
    update = factories.submitted(world.task("2.1"), world.alice, narrative="Units trained.")
    with pytest.raises(Exception, match="state"):
        actions.publish_update(update=update, officer=world.dana, based_on=1)
    assert found("trained") == 0


def test_the_newest_published_comes_first_whatever_the_order_of_writing(world: World) -> None:
    older = factories.published(world.task("2.1"), world.alice, world.dana, narrative="Peace.")
    newer = factories.published(world.task("1.2"), world.alice, world.dana, narrative="Peace.")
    first, second = older.versions.get(), newer.versions.get()
    assert published_with(terms_of("peace"), Narrowing(), limit=10) == [second.pk, first.pk], "ids part equal moments"
    actions.record_translation(version=first, language="fr", narrative="Paix.")
    assert published_with(terms_of("peace"), Narrowing(), limit=10) == [second.pk, first.pk]
    assert published_with(terms_of("peace"), Narrowing(), limit=1) == [second.pk]


@pytest.mark.django_db
@pytest.mark.parametrize("limit", [1, 2, 3, 10])
def test_where_the_database_looks_first_changes_no_answer(world: World, limit: int) -> None:
    moments = [factories.NOON + timedelta(hours=n) for n in range(3)]
    for code, at in zip(("1.1", "1.2", "2.1"), moments, strict=True):
        factories.published(world.task(code), world.alice, world.dana, at=at, narrative="Peace.")
    newest = published_with(terms_of("peace"), Narrowing(), limit=limit)
    assert len(newest) == min(limit, 3)
    for at in (moments[0] - timedelta(days=1), *moments, moments[2] + timedelta(days=1)):
        assert published_with(terms_of("peace"), Narrowing(), limit=limit, recent=at) == newest
