"""What it costs to save, submit, accept and publish, through the browser's door."""

import re
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from benchmarks.scale_told import Row

if TYPE_CHECKING:
    from benchmarks.scale import Site

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
TIMES = 6
WORDS = {"language": "en", "status": "ongoing", "narrative": "Two units were trained and equipped."}
AUTHOR, OFFICER, SECOND = "author", "officer", "second officer"
STEPS = ("saving a draft", "submitting", "accepting", "publishing")


def write_paths(sites: "list[Site]") -> list[Row]:
    """So many updates go all the way from a first draft to the public, in turn in every size."""
    rows = {step: Row(step, "cold") for step in STEPS}
    for nth in range(TIMES + 1):
        for site in sites:
            for step, seconds in _one(site, site.prepared["tasks"].pop(0)).items():
                if nth:
                    rows[step].note(site.cycles, seconds, site.empty())
    return list(rows.values())


def _one(site: "Site", task: int) -> dict[str, float]:
    form = f"/en/desk/assignments/{task}/"
    fields = WORDS | {"based_on": "0", "save": "1"}
    taken = {"saving a draft": _post(site, AUTHOR, form, form, fields)}
    del fields["save"]
    taken["submitting"] = _post(site, AUTHOR, form, form, fields | {"based_on": "1", "submit": "1"})
    update = _update_of(site, form)
    review = f"/en/review/{update}/"
    for step, officer, decision in (("accepting", OFFICER, "accept"), ("publishing", SECOND, "publish")):
        taken[step] = _post(site, officer, review, review, {"decision": decision, "based_on": "1"})
    return taken


def _update_of(site: "Site", form: str) -> str:
    """The update's own id, from the link to its history."""
    text = _get(site, AUTHOR, form)[1]
    found = re.search(r"/en/updates/(\d+)/", text)
    if found is None:
        raise RuntimeError(f"{form} leads to no update")
    return found[1]


def _get(site: "Site", who: str, path: str) -> tuple[Any, str]:
    connection = site.open()
    connection.request("GET", path, headers={"Cookie": f"sessionid={site.prepared['sessions'][who]}"})
    answer = connection.getresponse()
    text = answer.read().decode()
    if answer.status != 200:
        raise RuntimeError(f"{site.cycles} cycles: {answer.status} for {path}")
    return answer, text


def _post(site: "Site", who: str, page: str, path: str, fields: dict[str, str]) -> float:
    """Seconds for the answer to a form; RuntimeError when it was not taken."""
    answer, text = _get(site, who, page)
    token = TOKEN.search(text)
    if token is None:
        raise RuntimeError(f"{page} holds no form")
    csrf = (answer.getheader("Set-Cookie") or "").partition("csrftoken=")[2].partition(";")[0]
    cookie = f"sessionid={site.prepared['sessions'][who]}; csrftoken={csrf}"
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection = site.open()
    began = time.perf_counter()
    connection.request("POST", path, urlencode(fields | {"csrfmiddlewaretoken": token[1]}), headers)
    taken_answer = connection.getresponse()
    said = taken_answer.read().decode()
    taken = time.perf_counter() - began
    if taken_answer.status != 302:
        raise RuntimeError(f"{site.cycles} cycles: {taken_answer.status} for a form at {path}: {said[:300]}")
    return taken
