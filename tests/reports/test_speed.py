"""The number of database queries for a file does not depend on how much was reported. No time is measured here."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import actions
from reports.actions import producing
from reports.models import DocumentFormat
from tests import factories
from tests.conftest import World

MOST_QUERIES = 30


def queries_for_one_file(world: World, format: str, monkeypatch: pytest.MonkeyPatch) -> int:
    """What a worker that knows nothing of the report yet asks for, from claiming one file to its being ready."""
    monkeypatch.setattr(producing, "_last", {})
    report = actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    report.documents.exclude(language="fr", format=format).delete()
    with CaptureQueriesContext(connection) as asked:
        document = actions.claim_next_document()
        assert document is not None
        assert actions.produce_document(document)
    return len(asked)


@pytest.mark.parametrize("format", DocumentFormat.values)
def test_more_updates_take_no_more_queries(
    world: World, documents_dir: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    factories.published(world.task("1.1"), world.alice, world.dana)
    few = queries_for_one_file(world, format, monkeypatch)
    factories.published(world.task("1.2"), world.alice, world.dana)
    factories.published(world.task("2.1"), world.alice, world.dana)
    factories.published(world.task("1.1", world.beta), world.charlie, world.dana)
    many = queries_for_one_file(world, format, monkeypatch)
    assert few == many <= MOST_QUERIES
