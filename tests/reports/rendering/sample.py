"""A small snapshot with invented stakeholders, two areas, three commitments, and hostile words."""

from typing import Any

LANGUAGES = ("ar", "zh-hans", "en", "fr", "ru", "es")
FINGERPRINT = "0123456789abcdef" * 4
HOSTILE = '#import "x.typ" <script>alert(1)</script> javascript:alert(1) \u202egnp.exe \U0001f600 \u0e01 =1+1'
ARABIC = "نص للعرض التوضيحي: عُقدت ثلاثة اجتماعات مع البعثة بشأن القرار S/RES/2436 (2018)."
ENGLISH = "Demonstration text: three meetings were held under S/RES/2436 (2018)."


def six(text: str) -> dict[str, str]:
    return {language: f"{text} ({language})" for language in LANGUAGES}


def update(number: int, language: str, narrative: str, **more: Any) -> dict[str, Any]:
    return {
        "version_id": number,
        "number": 1,
        "language": language,
        "status": "in_progress",
        "narrative": narrative,
        "obstacles": "",
        "next_steps": "",
        "sources": "",
        "published_at": "2026-11-01T10:00:00+00:00",
        "from_published_source": False,
        "translations": {},
        **more,
    }


def commitment(number: int, area: str, code: str, lead: str) -> dict[str, Any]:
    return {
        "uid": f"c{number}",
        "code": code,
        "area": area,
        "paragraph": "4",
        "provenance": "seen",
        "lead": lead,
        "joint": [],
        "title": six(f"Commitment {code}"),
        "statement": six(f"Statement {code}"),
        "official_text": six(""),
    }


def assignment(uid: str, who: str, kind: str, answer: dict[str, Any] | None = None) -> dict[str, Any]:
    return {"commitment": uid, "stakeholder": who, "kind": kind, "asked_on": "2026-10-01", "update": answer}


def sample() -> dict[str, Any]:
    signed = {
        "narrative": "Texte traduit.",
        "obstacles": "",
        "next_steps": "",
        "sources": "",
        "state": "signed",
    }
    states = ("alpha", "beta", "gamma")
    return {
        "schema": 2,
        "as_of": "2026-11-23T19:50:00+00:00",
        "software_version": "0.1.0",
        "site": "https://tracker.example.org",
        "report_id": "00000000-0000-0000-0000-000000000000",
        "demonstration": True,
        "scope": {"kind": "whole", "area": None, "stakeholder": None},
        "supersedes": None,
        "baseline": None,
        "before": [],
        "history": [
            {"key": "2026-q3", "year": 2026, "quarter": 3, "expected": 4, "answered": 3},
            {"key": "2026-q4", "year": 2026, "quarter": 4, "expected": 3, "answered": 1},
        ],
        "cycle": {
            "key": "2026-q4",
            "year": 2026,
            "quarter": 4,
            "scope": "everyone",
            "state": "open",
            "opens_on": "2026-10-01",
            "due_on": "2026-12-31",
            "closes_on": "2027-01-15",
        },
        "declaration": {"code": "test", "title": six("Declaration"), "note": six("A note")},
        "areas": [
            {"uid": f"a{n}", "number": n, "title": six(f"Area title {n}"), "short_title": six(f"Area {n}")}
            for n in (1, 2)
        ],
        "commitments": [
            commitment(1, "a1", "1.1", "collective"),
            commitment(2, "a1", "1.2", "member_states"),
            commitment(3, "a2", "2.1", "contributors"),
        ],
        "stakeholders": [
            {
                "code": f"demo-{state}",
                "kind": "member_state",
                "name": six(f"Demonstration State {state.title()}"),
                "demonstration": True,
            }
            for state in states
        ],
        "assignments": [
            assignment("c1", "demo-alpha", "invited", update(1, "en", ENGLISH, obstacles=HOSTILE)),
            assignment("c1", "demo-beta", "invited"),
            assignment("c1", "demo-gamma", "invited", update(2, "ar", ARABIC)),
            assignment("c2", "demo-gamma", "expected", update(3, "en", ENGLISH, translations={"fr": signed})),
            assignment("c2", "demo-beta", "expected"),
            assignment("c3", "demo-alpha", "expected"),
        ],
    }
