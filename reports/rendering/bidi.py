"""Keeps figures, amounts and addresses whole inside texts written from right to left.

In such a text the plain space of "1 250" and the sign of "US$" take the direction of the paragraph, and the
reader sees "250 1" and "$US". An isolate around the token keeps it as it was typed.
"""

import re
from dataclasses import replace

from reports.rendering.document import Answer, Part, ReportDocument

OPEN, CLOSE = "\u2066", "\u2069"
SIGNS = "$€£¥"
GROUPED = r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?:[.,]\d+)?(?!\d)"
TOKENS = re.compile(
    rf"""(?=[A-Za-z\d_.+{SIGNS}-])(?:                  # how any of them begins: other letters are passed quickly
    https?://[^\s\u060c\u061b]*[\w/=\#-]                # addresses
    | (?<![A-Za-z\d_.+-])[A-Za-z\d_.+-]+@[\w.-]+\w       # mail addresses
    | \+\d[\d ()-]{{6,}}\d                              # telephone numbers
    | (?<![\w$])[A-Z]{{0,3}}[{SIGNS}][ ]?(?:{GROUPED}|\d[\d.,]*\d|\d)
    | (?<![\d.,])(?:{GROUPED}|\d[\d.,]*\d|\d)[ ]?[A-Z]{{0,3}}[{SIGNS}]
    | (?<![\d.,]){GROUPED}
    | \b[A-Za-z][A-Za-z0-9]*[{SIGNS}+\#]+)              # tokens that end in a sign""",
    re.VERBOSE,
)


def isolate(text: str) -> str:
    """The text with isolates; one whose author set directions by hand stays as it is."""
    if OPEN in text or "\u2067" in text or "\u2068" in text:
        return text
    return TOKENS.sub(lambda found: f"{OPEN}{found.group()}{CLOSE}", text)


def with_isolates(document: ReportDocument) -> ReportDocument:
    """The same document, the words of stakeholders in right-to-left languages made safe to set."""
    chapters = [
        replace(
            chapter,
            commitments=[replace(c, answers=[_answer(answer) for answer in c.answers]) for c in chapter.commitments],
        )
        for chapter in document.chapters
    ]
    return replace(document, chapters=chapters)


def _answer(answer: Answer) -> Answer:
    if answer.direction != "rtl":
        return answer
    parts = [Part(part.heading, [isolate(line) for line in part.paragraphs]) for part in answer.parts]
    return replace(answer, parts=parts)
