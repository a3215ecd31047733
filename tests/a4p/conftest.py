from pathlib import Path

import pytest
from pytest_django import Settings

from reports.actions import claim_next_document, produce_document
from tests.a4p.archives import backup_to, fill
from tests.a4p.image import build
from tests.conftest import World


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the image, made once."""
    return build(tmp_path_factory.mktemp("image"))


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where this place's evidence and documents lie."""
    settings.DATA_DIR = tmp_path
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    settings.DOCUMENTS_DIR = tmp_path / "documents"
    return tmp_path


@pytest.fixture
def with_report(world: World, folder: Path) -> Path:
    """A backup with a report whose one file can be made again."""
    documents = fill(world).documents.all()
    documents.exclude(language="en", format="html").delete()
    documents.update(state="queued", file="", sha256="", size=None, finished_at=None)
    document = claim_next_document()
    assert document is not None
    assert produce_document(document)
    backup_to(folder / "with_report.tar.gz")
    return folder / "with_report.tar.gz"
