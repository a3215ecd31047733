"""The main job in a real browser without script: from an empty form to the report in two clicks, in both directions."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from progress.models import Update
from reports import actions
from reports.models import Report
from tests.browser.conftest import faults_of
from tests.conftest import World
from tests.stakeholders.test_second_factor import code_of

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of Dana's telephone
WORDS = {
    "ar": "دُرّبت وحدتان وجُهّزتا وفقا لمعايير الأمم المتحدة.",
    "en": "Two units were trained and equipped to United Nations standards.",
}


class Person:
    """Somebody at the keyboard, reading pages in one language."""

    def __init__(self, page: Page, server: LiveServer, language: str) -> None:
        self.page, self.server, self.language = page, server, language

    def go(self, path: str) -> None:
        self.page.goto(f"{self.server.url}/{self.language}/{path}")

    def sign_in(self, email: str) -> None:
        self.page.context.clear_cookies()
        self.go("login/")
        self.page.fill("#id_login", email)
        self.page.fill("#id_password", "secret-of-tests")
        self.page.click("main form button")
        if "/second-step/" in self.page.url:
            cache.clear()  # a code works once in half a minute; the journey does not wait for the next
            self.page.fill("#id_code", code_of(SECRET))
            self.page.click("main form button")

    def decide(self, update: Update, decision: str, reason: str = "") -> None:
        self.go(f"review/{update.pk}/")
        if reason:
            self.page.fill("#id_reason", reason)
        self.page.click(f"button[value={decision}]")
        if "/account/confirm/" in self.page.url:
            self.page.fill("#id_password", "secret-of-tests")
            self.page.click("main form button")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_from_an_empty_form_to_the_report(
    world: World, live_server: LiveServer, without_script: Page, browser: Browser, language: str
) -> None:
    TOTP.activate(world.dana, SECRET)
    page, person = without_script, Person(without_script, live_server, language)
    faults: list[str] = []

    def look() -> None:
        faults.extend(faults_of(browser, page.url, page.context.cookies()))

    person.go("")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
    look()
    person.go("login/")
    look()

    # Alice sees what is due, writes in her language, saves a draft, submits.
    person.sign_in(world.alice.email)
    look()
    page.click(f"a[href$='/desk/assignments/{world.task('2.1').pk}/']")
    look()
    page.select_option("#id_language", language)
    page.check("input[name=status][value=in_progress]")
    page.fill("#id_narrative", WORDS[language])
    page.click("button[name=save]")
    expect(page.locator("#id_narrative")).to_have_value(WORDS[language])
    page.fill("#id_narrative", "")
    page.click("button[name=submit]")
    expect(page.locator("a[href='#id_narrative']")).to_be_visible()
    look()
    page.fill("#id_narrative", WORDS[language])
    page.click("button[name=submit]")
    update = Update.objects.get()
    assert update.state == "submitted"

    # Dana returns it, Alice reads why and corrects, Dana accepts and publishes.
    person.sign_in(world.dana.email)
    look()
    person.decide(update, "return", "When was this?")
    look()
    person.sign_in(world.alice.email)
    person.go(f"desk/assignments/{update.assignment_id}/")
    expect(page.get_by_text("When was this?").first).to_be_visible()
    look()
    page.fill("#id_narrative", WORDS[language] + " (2026)")
    page.click("button[name=submit]")
    person.sign_in(world.dana.email)
    person.go("review/")
    page.check("input[name=update]")
    page.click("button[value=accept]")
    update.refresh_from_db()
    assert update.state == "accepted"
    page.context.clear_cookies()
    person.go(f"commitments/{world.commitments['2.1'].uid}/")
    expect(page.get_by_text(WORDS[language])).to_have_count(0)
    person.sign_in(world.dana.email)
    person.decide(update, "publish")

    # Dana orders the report, workers make it, and a reviewer has the Arabic PDF in two clicks.
    for path in (
        "review/cycles/",
        "review/assessments/",
        "review/reminders/",
        "people/",
        "team/state-alpha/",
        "account/",
    ):
        person.go(path)
        look()
    person.go("reports/")
    look()
    page.click("main a[href$='/reports/compile/']")
    look()
    page.click("form[action*='/compile/'] button")
    look()
    report = Report.objects.get()
    while not report.documents.ready().filter(language="ar", format="pdf").exists():
        document = actions.claim_next_document()
        assert document and actions.produce_document(document)
    page.reload()
    page.context.clear_cookies()
    person.go("commitments/" + world.commitments["2.1"].uid + "/")
    expect(page.get_by_text(WORDS[language])).to_have_count(1)
    look()
    person.go("")
    page.click("nav a[href$='/reports/']")
    look()
    with page.expect_download() as download:
        page.click("a[href$='/ar.pdf']")
    content = download.value.path().read_bytes()
    assert content.startswith(b"%PDF")
    assert len(content) == report.documents.get(language="ar", format="pdf").size

    # From a figure to what it counts, and from there to exactly the version.
    person.go(f"reports/{report.pk}/")
    look()
    person.go(f"cycles/{world.cycle.key}/")
    look()
    page.click("details summary >> nth=0")
    page.click("details[open] td a[href*='status=in_progress'] >> nth=0")
    look()
    page.click("table a[href*='/versions/'] >> nth=0")
    expect(page.get_by_text(WORDS[language])).to_have_count(1)

    person.go("nowhere/")
    expect(page.locator("h1")).to_have_count(1)
    assert faults == []
