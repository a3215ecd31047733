"""A person at a browser without script: follows links, fills in forms, keeps cookies."""

from typing import Any

import requests
from lxml import html

from stakeholders.demonstration import PASSWORD
from tests.machine import PATIENCE


class Visitor:
    def __init__(self, address: str) -> None:
        self.address = address
        self.session = requests.Session()
        self.session.headers["Origin"] = address

    def get(self, path: str, **more: Any) -> requests.Response:
        return self.session.get(self.address + path, timeout=PATIENCE, **more)

    def submit(
        self, page: requests.Response, words: dict[str, str], *, action: str = "", **more: Any
    ) -> requests.Response:
        """Send the first form whose address has this in it, with these words in place of what it holds."""
        form = next(
            form
            for form in html.document_fromstring(page.content).forms
            if form.method == "POST" and action in (form.action or page.url) and "csrfmiddlewaretoken" in form.fields
        )
        address = requests.compat.urljoin(page.url, form.action or "")  # type: ignore[attr-defined] # the library's own urljoin
        return self.session.post(address, data={**dict(form.form_values()), **words}, timeout=PATIENCE, **more)

    def sign_in(self, email: str) -> requests.Response:
        return self.submit(self.get("/en/login/"), {"login": email, "password": PASSWORD}, action="/login/")
