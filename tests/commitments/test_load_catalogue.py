"""The catalogue comes from its data files, whole or not at all."""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from commitments.actions import load_catalogue
from commitments.catalogue import EDITION
from commitments.models import Commitment, Declaration
from stakeholders.datafiles import DataFileError
from stakeholders.languages import CODES, columns

pytestmark = pytest.mark.django_db


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EDITION, tmp_path / "edition"))


def damage(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def test_the_working_breakdown_has_the_counts_of_its_source() -> None:
    load_catalogue(folder=EDITION)
    commitments = list(Commitment.objects.current().with_owners())
    by_area = Counter(commitment.area.number for commitment in commitments)
    assert [by_area[n] for n in range(1, 9)] == [9, 3, 4, 3, 12, 5, 5, 4]
    assert Counter(commitment.lead.kind for commitment in commitments) == {
        "collective": 19,
        "secretariat": 13,
        "contributors": 4,
        "security_council": 3,
        "member_states": 3,
        "hosts": 3,
    }
    assert sum(1 + len(commitment.joint) for commitment in commitments) == 56
    assert Counter(c.provenance for c in commitments) == {"seen": 26, "derived": 16, "memory": 3}
    assert all(not getattr(c, column) for c in commitments for column in columns("official_text"))


def test_every_word_stands_in_six_languages() -> None:
    load_catalogue(folder=EDITION)
    for commitment in Commitment.objects.all():
        for column in columns("title") + columns("statement"):
            assert getattr(commitment, column)
    for code in CODES:
        with translation.override(code):
            titles = {commitment.title for commitment in Commitment.objects.all()}
            assert len(titles) == 45


def test_a_text_that_exists_in_one_language_is_shown_in_all() -> None:
    load_catalogue(folder=EDITION)
    Commitment.objects.filter(uid="a4p2018-c001").update(
        **{column: None for column in columns("title") if column != "title_ar"}
    )
    with translation.override("fr"):
        assert Commitment.objects.get(uid="a4p2018-c001").title


def test_loading_again_changes_nothing() -> None:
    load_catalogue(folder=EDITION)
    tally = load_catalogue(folder=EDITION)
    assert (tally.created, tally.changed) == (0, 0)


def test_a_changed_word_changes_one_record(copy: Path) -> None:
    load_catalogue(folder=copy)
    damage(copy / "texts" / "en.csv", "Politics", "Political solutions")
    assert load_catalogue(folder=copy).changed == 1


@pytest.mark.parametrize(
    ("file", "before", "after", "message"),
    [
        ("commitments.csv", "collective,,seen", "everybody,,seen", "line 2, column “lead”, value “everybody”"),
        ("commitments.csv", ",seen,", ",guessed,", "line 2, column “provenance”, value “guessed”"),
        ("commitments.csv", "a4p2018-c002", "a4p2018-c001", "line 3, column “uid”, value “a4p2018-c001”"),
        ("commitments.csv", "a4p2018-c001,1.1,a4p2018-a1", "a4p2018-c001,1.1,a9", "line 2, column “area”, value “a9”"),
        ("commitments.csv", "uid,code", "uid,kode", "commitments.csv, line 1: the columns must be"),
        ("areas.csv", "a4p2018-a1,1,", "a4p2018-a1,one,", "line 2, column “number”, value “one”"),
        ("texts/ar.csv", "a4p2018-c001,", "a4p2018-x001,", "has no text in ar.csv"),
        ("declaration.json", "2018-09-25", "yesterday", "declaration.json cannot be read"),
    ],
)
def test_a_broken_file_is_named_and_nothing_is_loaded(
    copy: Path, file: str, before: str, after: str, message: str
) -> None:
    damage(copy / file, before, after)
    with pytest.raises(DataFileError, match=None) as fault:
        load_catalogue(folder=copy)
    assert message in str(fault.value)
    assert not Declaration.objects.exists()
    with pytest.raises(CommandError):
        call_command("load_catalogue", folder=copy)
