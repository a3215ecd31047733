"""Every confidential field of a small world holds a word that says who may read it; nobody else finds it anywhere.

All pages are opened as each of the cast in six languages, all mails read, and the report's rows and files searched.
"""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from progress import actions
from progress.models import Assessment, Scratch, Update
from reports.actions import compile_report
from reports.datasets import DATASETS
from reports.models import Report
from reports.rendering.formats import Manuscript, render
from reports.sitemaps import SECTIONS
from reports.snapshot import fingerprint, take_snapshot
from stakeholders.languages import CODES
from stakeholders.models import Mail
from tests import factories
from tests.conftest import World, signed_in
from tests.house.routes import LINES

OWN, REVIEW, OFFICERS, ALICE = {"alice", "bob"}, {"alice", "bob", "dana"}, {"dana"}, {"alice"}
# The word and who may read it.
WORDS = {
    "canarydraft": OWN,
    "canaryscratch": ALICE,
    "canarysubmitted": REVIEW,
    "canaryreturned": REVIEW,
    "canaryreason": REVIEW,
    "canaryaccepted": REVIEW,
    "canarywithdrawn": REVIEW,
    "canarycorrection": OWN,
    "canaryevidence": REVIEW,
    "canaryfile": REVIEW,
    "canaryquestion": REVIEW,
    "canaryassessed": OFFICERS,
    "canaryshown": REVIEW,
}
# They show nothing of an update: what comes before signing in, and what leads elsewhere.
NOT_A_PAGE = {
    "account_reset_password_from_key",
    "invitation",
    "download",
    "openid_connect_callback",
    "unsubscribe",
}
CAST = ("nobody", "alice", "bob", "charlie", "dana")


def plant(world: World) -> dict[str, list[list[object]]]:
    """One update in every state, each with its word. Returns the arguments of every route that takes some."""
    later = factories.open_cycle(2027, 1)
    blank = factories.assignment(world.alpha, world.commitments["1.1"], factories.open_cycle(2027, 2))
    now = {code: world.task(code) for code in ("1.1", "1.2", "2.1")}
    then = {code: factories.assignment(world.alpha, world.commitments[code], later) for code in ("1.1", "1.2", "2.1")}

    actions.save_draft(
        assignment=now["1.1"], author=world.alice, based_on=0, **factories.content(narrative="canarydraft")
    )
    hidden = factories.text_file("canaryevidence", words="canaryfile")
    submitted = actions.submit_update(
        assignment=now["1.2"],
        author=world.alice,
        based_on=0,
        evidence=hidden,
        **factories.content(narrative="canarysubmitted"),
    ).update
    actions.comment(update=submitted, author=world.dana, text="canaryquestion", key=uuid4())
    returned = factories.submitted(now["2.1"], world.alice, narrative="canaryreturned")
    actions.return_update(update=returned, officer=world.dana, based_on=1, reason="canaryreason")

    accepted = factories.submitted(then["1.1"], world.alice, narrative="canaryaccepted")
    actions.accept_update(update=accepted, officer=world.dana, based_on=1)
    withdrawn = factories.published(then["1.2"], world.alice, world.dana, narrative="canarywithdrawn")
    actions.withdraw_update(update=withdrawn, officer=world.dana, reason="canaryreason")
    corrected = factories.published(then["2.1"], world.alice, world.dana)
    actions.save_draft(
        assignment=then["2.1"], author=world.alice, based_on=1, **factories.content(narrative="canarycorrection")
    )
    factories.assessed(now["1.2"], world.dana, reason="canaryshown")
    actions.save_assessment(
        assignment=now["2.1"],
        officer=world.dana,
        based_on=0,
        rating="some",
        reason="canaryassessed",
        sources="A/72/19",
        language="en",
    )
    actions.keep_scratch(
        assignment=blank, person=world.alice, based_on=0, content=factories.content(narrative="canaryscratch")
    )
    tasks = [[task.pk] for task in (*now.values(), *then.values(), blank)]
    updates = [[update.pk] for update in Update.objects.all()]
    versions = [[version.pk] for update in Update.objects.all() for version in update.versions.all()]
    assert Scratch.objects.exists()
    assert corrected.versions.count() == 2
    report = compile_report(cycle=world.cycle, requester=world.dana, request_key=uuid4())
    sent = [[factories.sent_import(world.dana).pk]]
    return {
        **{name: [[one] for one in actions.DATA_SETS] for name in ("data_columns", "api_data_set")},
        **{name: [[one, "json"] for one in actions.DATA_SETS] for name in ("export_data", "api_data_file")},
        **dict.fromkeys(("bulk_import", "api_import"), sent),
        **{f"api_update{part}": updates for part in ("", "_versions", "_transitions", "_comments", "_evidence")},
        "api_update_text": tasks,
        "api_assessment_text": tasks,
        "reference_part": [["updates"]],
        "api_publication": versions,
        **{name: [[submitted.evidence.get().pk]] for name in ("api_evidence", "api_evidence_file")},
        "api_assessment": [[assessment.pk] for assessment in Assessment.objects.all()],
        "api_report": [[report.pk]],
        "api_declaration": [["test-edition"]],
        "api_area": [["test-a1"], ["test-a2"]],
        "api_commitment": [[c.uid] for c in world.commitments.values()],
        "api_stakeholder": [["state-alpha"], ["state-beta"]],
        "api_cycle": [[world.cycle.key], [later.key]],
        **{name: [[report.pk]] for name in ("report", "manifest", "report_figures")},
        "evidence": [[submitted.evidence.get().pk]],
        "update": tasks,
        "assess": tasks,
        "assessment": tasks,
        "review": updates,
        "versions": updates,
        "version": versions,
        "commitment": [[c.uid] for c in world.commitments.values()],
        "area": [["test-a1"], ["test-a2"]],
        "stakeholder": [["state-alpha"], ["state-beta"]],
        "commitment_history": [[c.uid] for c in world.commitments.values()],
        "commitment_feed": [[c.uid] for c in world.commitments.values()],
        "area_feed": [["test-a1"], ["test-a2"]],
        "stakeholder_feed": [["state-alpha"], ["state-beta"]],
        "data": [[name, "json"] for name in DATASETS],
        "sitemap_section": [[name] for name in SECTIONS],
        "cycle": [[world.cycle.key], [later.key]],
        "cycle_figures": [[world.cycle.key], [later.key]],
        "team": [["state-alpha"]],
        "hand_over": [[world.bob.appointments.get().pk]],
    }


def addresses(arguments: dict[str, list[list[object]]]) -> list[str]:
    pages = [(name, args) for name, method, *_answers in LINES if method == "GET" for args in arguments.get(name, [[]])]
    return [reverse(name, args=args) for name, args in pages if name not in NOT_A_PAGE]


@pytest.mark.parametrize("language", CODES)
def test_no_page_tells_what_its_reader_may_not_know(world: World, language: str) -> None:
    arguments = plant(world)
    seen: dict[str, set[str]] = {word: set() for word in WORDS}
    seen_by_programs: dict[str, set[str]] = {word: set() for word in WORDS}
    with translation.override(language):
        pages = addresses(arguments)
    assert len(pages) > 60
    for person in CAST:
        client = Client() if person == "nobody" else signed_in(getattr(world, person))
        for page in pages:
            answer = client.get(page, headers={"accept-language": language})
            text = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode(errors="replace")  # type: ignore[arg-type] # the client answers at once
            for word in WORDS:
                if word in text:
                    (seen_by_programs if page.startswith("/api/") else seen)[word].add(person)
    assert seen == WORDS
    # What is kept of unsaved typing and what stands inside of files has no place in the API.
    assert seen_by_programs == {**WORDS, "canaryscratch": set()}


def test_no_mail_tells_it(world: World) -> None:
    plant(world)
    told = list(Mail.objects.all())
    assert len(told) >= 2
    assert [mail.subject for mail in told if "canary" in mail.subject + mail.body] == []


def test_no_report_tells_it(world: World) -> None:
    plant(world)
    report = Report.objects.get()
    content = take_snapshot(report)
    assert "canary" not in content
    manuscript = Manuscript(content, fingerprint(content))
    for format in ("csv", "html"):
        made = render(manuscript, "en", format, on_wait=lambda: None, time_limit=60).content
        assert b"canary" not in made
        assert len(made) > 1_000
