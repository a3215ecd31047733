"""The Secretariat's assessment: written, shown first to the stakeholder, replied to, published by somebody else."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from progress import actions
from progress.conflicts import Conflict
from progress.models import Assessment, AssessmentVersion
from reports.models import Report
from reports.overview import overview_of
from reports.snapshot import take_snapshot
from stakeholders.models import DiaryEntry, Mail
from tests import factories
from tests.conftest import World, signed_in

REASON, REPLY = "Two of the three units are trained.", "The third is trained since Monday."
WORDS = {"language": "en", "rating": "some", "reason": REASON, "sources": "A/72/19"}


def officer_page(world: World, code: str = "2.1") -> str:
    return reverse("assess", args=[world.task(code).pk])


def write(client: Client, world: World, code: str = "2.1", **changes: str) -> str:
    fields = WORDS | {"based_on": "0", "save": "1"} | changes
    return client.post(officer_page(world, code), fields, follow=True).content.decode()


def step(client: Client, world: World, name: str, **fields: str) -> str:
    fields = {name: "1", "based_on": str(Assessment.objects.get().version)} | fields
    return client.post(officer_page(world), fields, follow=True).content.decode()


def reply(client: Client, world: World, **fields: str) -> int:
    fields = {"based_on": "1", "language": "fr", "text": REPLY, "reply": "1"} | fields
    return client.post(reverse("assessment", args=[world.task("2.1").pk]), fields).status_code


def public(world: World) -> str:
    return Client().get(reverse("commitment", args=["test-c003"])).content.decode()


def test_it_is_shown_replied_to_and_published(world: World, as_dana: Client, as_alice: Client) -> None:
    page = reverse("assessment", args=[world.task("2.1").pk])
    write(as_dana, world)
    assert as_alice.get(page).status_code == 404, "a draft is the Secretariat's alone"
    step(as_dana, world, "show")
    assert REASON in as_alice.get(page).content.decode()
    assert REASON not in public(world)
    assert reply(as_alice, world) == 302
    step(signed_in(world.omar), world, "publish")
    shown = public(world)
    assert REASON in shown
    assert REPLY in shown
    assert 'lang="fr"' in shown
    verbs = DiaryEntry.objects.filter(subject_type="progress.assessment").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == [f"assessment.{step}" for step in ("saved", "shown", "replied", "published")]


def test_people_are_told_once_in_their_language(world: World, as_dana: Client, as_alice: Client) -> None:
    write(as_dana, world)
    step(as_dana, world, "show")
    told = Mail.objects.get(person=world.alice)
    assert (told.language, "10 " in told.body or "20 " in told.body) == ("fr", True)
    assert not Mail.objects.filter(person__in=[world.bob, world.charlie]).exists()
    reply(as_alice, world)
    assert Mail.objects.get(person=world.dana).language == "en"


def test_publication_takes_two_people_and_a_reply_or_the_days(world: World, as_dana: Client) -> None:
    write(as_dana, world)
    step(as_dana, world, "show")
    assessment = Assessment.objects.get()
    with pytest.raises(ValidationError, match="may reply until"):
        actions.publish_assessment(assessment=assessment, officer=world.omar, based_on=1)
    late = factories.NOON + timedelta(days=11)
    with pytest.raises(PermissionDenied):
        actions.publish_assessment(assessment=assessment, officer=world.dana, based_on=1, at=late)
    actions.publish_assessment(assessment=assessment, officer=world.omar, based_on=1, at=late)
    assert "None was received by 20 November 2026." in public(world)


def test_saying_nothing_is_a_reply_too(world: World, as_dana: Client, as_alice: Client) -> None:
    write(as_dana, world)
    step(as_dana, world, "show")
    as_alice.post(
        reverse("assessment", args=[world.task("2.1").pk]),
        {"based_on": "1", "language": "fr", "text": "typed by mistake", "decline": "1"},
    )
    step(signed_in(world.omar), world, "publish")
    assert "The stakeholder chose not to reply." in public(world)
    assert "typed by mistake" not in public(world)


def test_a_reply_may_be_changed_until_it_is_published(world: World, as_dana: Client, as_alice: Client) -> None:
    write(as_dana, world)
    step(as_dana, world, "show")
    reply(as_alice, world, text="First.")
    reply(as_alice, world, text="Second.")
    step(signed_in(world.omar), world, "publish")
    assert "Second." in public(world)
    assert "First." not in public(world)
    assert reply(as_alice, world, text="Third.") == 409


def test_only_those_who_write_for_the_stakeholder_reply(world: World, as_dana: Client) -> None:
    write(as_dana, world)
    step(as_dana, world, "show")
    for person, answer in ((world.bob, 403), (world.charlie, 404), (world.dana, 404)):
        assert reply(signed_in(person), world) == answer


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"rating": ""}, "rating"),
        ({"sources": ""}, "sources"),
        ({"reason": "with \x07 a bell"}, "reason"),
    ],
)
def test_what_it_lacks_is_said_beside_the_field(
    world: World, as_dana: Client, changes: dict[str, str], field: str
) -> None:
    page = write(as_dana, world, **changes)
    assert f'id="id_{field}_error"' in page
    assert not Assessment.objects.exists()


def test_no_information_is_not_said_of_somebody_who_answered(world: World, as_dana: Client) -> None:
    factories.submitted(world.task("2.1"), world.alice)
    assert "information was received" in write(as_dana, world, rating="no_information")
    write(as_dana, world, code="1.2", rating="no_information", sources="")
    assert AssessmentVersion.objects.get().rating == "no_information"


def test_a_new_version_is_shown_again_and_the_public_keeps_the_old(
    world: World, as_dana: Client, as_alice: Client
) -> None:
    write(as_dana, world)
    step(as_dana, world, "show")
    reply(as_alice, world)
    step(signed_in(world.omar), world, "publish")
    write(as_dana, world, based_on="1", reason="All three are trained.")
    shown = as_dana.get(officer_page(world)).content.decode()
    assert "<del>Two of the </del><ins>All </ins>three" in shown
    assert REASON in public(world)
    assert "All three" not in as_alice.get(reverse("assessment", args=[world.task("2.1").pk])).content.decode()
    with pytest.raises(Conflict):
        actions.publish_assessment(assessment=Assessment.objects.get(), officer=world.omar, based_on=2)
    step(as_dana, world, "show")
    reply(as_alice, world, based_on="2", text="Agreed.")
    step(signed_in(world.omar), world, "publish")
    assert "All three are trained." in public(world)
    assert REASON not in public(world)


def test_it_is_withdrawn_with_a_reason(world: World, as_dana: Client, as_alice: Client) -> None:
    write(as_dana, world)
    step(as_dana, world, "show")
    reply(as_alice, world)
    step(signed_in(world.omar), world, "publish")
    assert "Give the reason." in step(as_dana, world, "withdraw")
    step(as_dana, world, "withdraw", withdrawal="The source was retracted.")
    assert REASON not in public(world)


def test_nobody_overwrites_anybody(world: World, as_dana: Client) -> None:
    write(as_dana, world)
    answer = signed_in(world.omar).post(officer_page(world), WORDS | {"based_on": "0", "save": "1", "reason": "Mine."})
    assert answer.status_code == 409
    assert "Mine." in answer.content.decode(), "nothing typed is lost"
    assert AssessmentVersion.objects.count() == 1


def test_it_enters_no_figure(world: World) -> None:
    factories.published(world.task("2.1"), world.alice, world.dana)
    report = Report(cycle=world.cycle, as_of=factories.NOON + timedelta(days=40))
    before = (take_snapshot(report), overview_of(world.cycle))
    assessment = factories.assessed(world.task("2.1"), world.dana)
    actions.publish_assessment(
        assessment=assessment, officer=world.omar, based_on=1, at=factories.NOON + timedelta(days=11)
    )
    assert (take_snapshot(report), overview_of(world.cycle)) == before


def test_the_list_is_filtered(world: World, as_dana: Client) -> None:
    factories.submitted(world.task("2.1"), world.alice)
    factories.assessed(world.task("1.2"), world.dana)
    for filters, found in (
        ({}, 4),
        ({"q": "Beta"}, 1),
        ({"answered": "yes"}, 1),
        ({"state": "shown"}, 1),
        ({"state": "none"}, 3),
    ):
        page = as_dana.get(reverse("assessments"), filters).content.decode()
        assert page.count('class="task"') == found, filters


def test_a_stakeholder_sees_them_cycle_by_cycle_the_newest_first(world: World, as_alice: Client) -> None:
    def listed(query: str = "") -> str:
        return as_alice.get(reverse("own_assessments") + query).content.decode()

    assert "None so far" in listed()
    earlier = factories.open_cycle(2026, 3, at=datetime(2026, 7, 5, tzinfo=UTC))
    old = factories.assessed(factories.assignment(world.alpha, world.commitments["1.1"], earlier), world.dana)
    assert f"/assessments/{old.assignment_id}/" in listed()
    assert f'<option value="{earlier.pk}" selected>' in listed()
    new = factories.assessed(world.task("2.1"), world.dana)
    assert f"/assessments/{new.assignment_id}/" in listed()
    assert f"/assessments/{old.assignment_id}/" not in listed()
    assert f"/assessments/{old.assignment_id}/" in listed(f"?cycle={earlier.pk}")
    older = factories.open_cycle(2026, 2, at=datetime(2026, 4, 5, tzinfo=UTC))
    assert "None in this cycle" in listed(f"?cycle={older.pk}")
