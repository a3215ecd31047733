from pathlib import Path

import pytest

from tests.a4p.image import build


@pytest.fixture(scope="session")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree of the image, made once."""
    return build(tmp_path_factory.mktemp("image"))
