"""A report need not show the whole review: one area, one stakeholder, or what has changed since an earlier cycle."""

import json
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from commitments.models import Area
from progress.models import Cycle
from reports import actions
from reports.actions.producing import frozen_content
from reports.models import Report, Scope
from reports.rendering.composition import compose
from reports.rendering.document import ReportDocument
from stakeholders.models import Stakeholder
from tests import factories
from tests.conftest import World

A_QUARTER = timedelta(days=92)


def compiled(world: World, scope: str, **extent: Any) -> Report:
    cycle = extent.pop("cycle", world.cycle)
    return actions.compile_report(cycle=cycle, requester=world.dana, request_key=uuid4(), scope=scope, **extent)


def composed(report: Report, language: str = "en") -> ReportDocument:
    return compose(json.loads(frozen_content(report)), language, fingerprint="")


@pytest.fixture
def updates(world: World) -> None:
    factories.published(world.task("1.2"), world.alice, world.dana)
    factories.published(world.task("2.1"), world.alice, world.dana)
    factories.published(world.task("1.2", world.beta), world.charlie, world.dana, status="completed")


def test_one_area(world: World, updates: None) -> None:
    report = composed(compiled(world, Scope.AREA, area=Area.objects.get(uid="test-a1")))
    assert report.subtitle == "Fourth quarter of 2026: Area 1 (en)"
    assert [chapter.anchor for chapter in report.chapters] == ["test-a1"]
    assert [c.code for c in report.chapters[0].commitments] == ["1.1", "1.2"]
    assert [figure.value for figure in report.figures[:2]] == ["2", "2"]


def test_one_stakeholders_dossier(world: World, updates: None) -> None:
    report = composed(compiled(world, Scope.DOSSIER, stakeholder=world.beta), "fr")
    assert report.subtitle == "Quatrième trimestre 2026 : Beta (fr)"
    codes = [c.code for chapter in report.chapters for c in chapter.commitments]
    assert codes == ["1.1", "1.2"], "Beta is no contributor and was not asked about 2.1"
    assert {a.stakeholder for chapter in report.chapters for c in chapter.commitments for a in c.answers} == {
        "Beta (fr)"
    }


@pytest.fixture
def earlier(world: World) -> Cycle:
    """The quarter before, in which Alpha and Beta published on 1.2 and Alpha on 2.1."""
    at = factories.NOON - A_QUARTER
    cycle = factories.open_cycle(2026, 3, at=at)
    for who, author in ((world.alpha, world.alice), (world.beta, world.charlie)):
        task = factories.assignment(who, world.commitments["1.2"], cycle)
        factories.published(task, author, world.dana, at=at, status="in_progress")
    task = factories.assignment(world.alpha, world.commitments["2.1"], cycle)
    factories.published(task, world.alice, world.dana, at=at)
    return cycle


def test_the_difference_between_two_cycles(world: World, earlier: Cycle) -> None:
    factories.published(world.task("1.1"), world.alice, world.dana)
    factories.published(world.task("1.2"), world.alice, world.dana, status="completed")
    factories.published(world.task("1.2", world.beta), world.charlie, world.dana, status="nothing_new", narrative="")
    report = composed(compiled(world, Scope.DIFFERENCE, baseline=earlier))
    assert report.subtitle == "Fourth quarter of 2026, compared with Third quarter of 2026"
    assert report.tables[0].texts == [
        ["Area 1 (en)", "2", "3", "1", "1", "1", "0"],
        ["Area 2 (en)", "1", "0", "0", "0", "0", "1"],
        ["All areas", "3", "3", "1", "1", "1", "1"],
    ]
    collective, own = report.chapters[0].commitments
    assert collective.answers[0].change == "Nothing published in the earlier cycle (Third quarter of 2026)."
    assert [a.change for a in own.answers] == ["Status in the earlier cycle (Third quarter of 2026): In progress."]
    assert "Status unchanged: Beta (en)." in own.silence
    gone = "Published in the earlier cycle and not in this one: Alpha (en)."
    assert gone in report.chapters[1].commitments[0].silence


def test_the_difference_is_the_same_in_six_languages(world: World, earlier: Cycle) -> None:
    factories.published(world.task("1.2"), world.alice, world.dana, status="completed")
    report = compiled(world, Scope.DIFFERENCE, baseline=earlier)
    manuscript = actions.producing.manuscript_of(report)
    assert {manuscript.document(code).language for code in ("ar", "zh-hans", "en", "fr", "ru", "es")}


@pytest.mark.parametrize("scope", [Scope.AREA, Scope.DOSSIER, Scope.DIFFERENCE])
def test_what_it_is_about_must_be_chosen(world: World, as_dana: Client, scope: str) -> None:
    answer = as_dana.post("/en/reports/compile/", {"scope": scope, "request_key": str(uuid4())})
    assert answer.status_code == 400
    assert "Choose the" in answer.content.decode()
    assert not Report.objects.exists()


def test_the_form_orders_a_dossier(world: World, as_dana: Client, updates: None) -> None:
    form = {"scope": "dossier", "stakeholder": world.alpha.pk, "area": "", "request_key": str(uuid4())}
    assert as_dana.post(f"/en/reports/compile/?cycle={world.cycle.key}", form).status_code == 302
    assert Report.objects.get().stakeholder == world.alpha


def test_who_was_asked_nothing_has_no_dossier(world: World) -> None:
    stranger: Stakeholder = factories.stakeholder("state-gamma", "Gamma")
    with pytest.raises(ValidationError, match="Nothing was asked"):
        compiled(world, Scope.DOSSIER, stakeholder=stranger)


def test_the_earlier_cycle_comes_earlier(world: World, earlier: Cycle) -> None:
    for baseline in (world.cycle, earlier):
        with pytest.raises(ValidationError, match="came before"):
            compiled(world, Scope.DIFFERENCE, cycle=earlier, baseline=baseline)


def test_two_scopes_of_one_cycle_are_two_reports(world: World, updates: None) -> None:
    compiled(world, Scope.WHOLE)
    compiled(world, Scope.AREA, area=Area.objects.get(uid="test-a1"))
    compiled(world, Scope.AREA, area=Area.objects.get(uid="test-a1"))
    assert Report.objects.count() == 2
