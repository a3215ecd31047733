from pathlib import Path
from uuid import uuid4

import pytest
from pytest_django import Settings

from progress.models import Update
from reports import actions
from reports.models import Report
from tests import factories
from tests.conftest import World


@pytest.fixture
def documents_dir(settings: Settings, tmp_path: Path) -> Path:
    settings.DOCUMENTS_DIR = tmp_path
    return tmp_path


@pytest.fixture
def told(world: World) -> Update:
    """Alice's update on 2.1, published."""
    return factories.published(world.task("2.1"), world.alice, world.dana)


@pytest.fixture
def ordered(world: World, told: Update, documents_dir: Path) -> Report:
    return actions.compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())


def finish(report: Report) -> None:
    """Every file of the report is ready, as far as the rows tell; for stories that are not about the files."""
    report.documents.update(state="ready", file="x/y.pdf", size=1, sha256="0" * 64)
