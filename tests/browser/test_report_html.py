"""The HTML file of the report, saved and opened from a disk: accessible in both directions, and it loads nothing."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from reports.rendering.composition import compose
from reports.rendering.html import render_html
from tests.browser.conftest import faults_of
from tests.reports.rendering.sample import FINGERPRINT, sample


@pytest.mark.parametrize("language", ["en", "ar", "zh-hans"])
def test_it_is_accessible_and_stands_alone(browser: Browser, tmp_path: Path, language: str) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(render_html(compose(sample(), language, fingerprint=FINGERPRINT)).content)
    assert faults_of(browser, path.as_uri(), []) == []


def test_it_asks_for_nothing(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(render_html(compose(sample(), "ar", fingerprint=FINGERPRINT)).content)
    page, asked = browser.new_page(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path.as_uri())
    page.close()
    assert asked == [path.as_uri()]
