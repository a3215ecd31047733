"""A worker that dies leaves nothing half done; another takes the import over; after five deaths it has failed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from progress import actions
from progress.models import BulkImport
from progress.tasks import work_on_imports
from stakeholders.models import Stakeholder
from tests import factories
from tests.conftest import World


@pytest.fixture
def ordered(world: World) -> BulkImport:
    """A confirmed import that renames Alpha."""
    names = actions.DATA_SETS["stakeholders"].dataset.column_names
    rows = [row | {"name_fr": "Renommé"} for row in actions.DATA_SETS["stakeholders"].give(None, timezone.now())]
    content = "\n".join(";".join(cells) for cells in [names, *([row[name] for name in names] for row in rows)])
    sent = factories.sent_import(world.dana, content, data_set="stakeholders")
    actions.confirm_import(wanted=sent, actor=world.dana)
    return sent


def expire(one: BulkImport) -> None:
    BulkImport.objects.filter(pk=one.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_when_a_worker_is_gone_another_finishes(ordered: BulkImport) -> None:
    assert actions.claim_next_import() is not None
    assert actions.claim_next_import() is None
    expire(ordered)
    assert work_on_imports() == 1
    ordered.refresh_from_db()
    assert (ordered.state, ordered.attempts) == ("done", 2)
    assert Stakeholder.objects.filter(name_fr="Renommé").count() == 3


def test_a_worker_that_comes_back_after_its_lease_writes_nothing(ordered: BulkImport) -> None:
    late = actions.claim_next_import()
    assert late is not None
    expire(ordered)
    assert work_on_imports() == 1
    assert not actions.work_on(late)
    ordered.refresh_from_db()
    assert ordered.state == "done"


def test_after_five_deaths_it_has_failed(ordered: BulkImport) -> None:
    for _death in range(5):
        assert actions.claim_next_import() is not None
        expire(ordered)
    assert actions.claim_next_import() is None
    ordered.refresh_from_db()
    assert ordered.state == "failed"
