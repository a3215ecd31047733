"""What the image is made of: the Dockerfile's own lines are run, since no Docker engine may be at hand.

test_whole_service.py starts the service from the tree they make.
"""

import re
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo

from stakeholders.languages import CODES
from tests.a4p.image import ROOT, let_in, steps


def test_nothing_goes_in_that_is_secret_or_of_no_use() -> None:
    names = let_in()
    assert "manage.py" in names
    assert {name.split("/")[0] for name in names} == {
        *("a4p", "commitments", "progress", "reports", "stakeholders"),
        *("deploy", "locale", "requirements", "static", "templates", "gunicorn.conf.py", "manage.py"),
    }
    assert not [name for name in names if re.search(r"\.env|secret_key|certificates|\.pem$", name)]


def test_packages_are_those_of_the_locks_by_their_hashes() -> None:
    install = steps("packages")
    assert len(install) == 1
    assert "--require-hashes -r /requirements.txt" in install[0]
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert makefile.count("pip install --quiet --disable-pip-version-check --require-hashes -r $<") == 3


def test_both_images_end_as_somebody_who_is_not_root() -> None:
    users = re.findall(r"^(?:FROM .* AS (\w+)|USER (.+))$", (ROOT / "Dockerfile").read_text(encoding="utf-8"), re.M)
    assert users == [("packages", ""), ("tracker", ""), ("", "10001:10001"), ("proxy", ""), ("", "101:10001")]


@pytest.mark.slow
@pytest.mark.xdist_group("image")
def test_its_lines_make_messages_static_files_and_pages(tree: Path) -> None:
    for code in CODES:
        locale = {"zh-hans": "zh_Hans"}.get(code, code)
        with (tree / f"locale/{locale}/LC_MESSAGES/django.mo").open("rb") as stream:
            assert len(read_mo(stream)) > 300
        page = (tree / f"pages/503.{code}.html").read_text(encoding="utf-8")
        assert f'lang="{code}"' in page.replace("zh-Hans", "zh-hans")
        for address in re.findall(r'"/static/([^"]+)"', page):
            assert (tree / "staticfiles" / address).is_file(), "the page and what it shows were made together"
    assert list((tree / "staticfiles/css").glob("site.*.css.gz")), "for nginx, which sends it as it lies there"
    assert list((tree / "a4p/__pycache__").glob("*.pyc"))
