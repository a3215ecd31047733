"""Words as WordprocessingML runs: cleaned, escaped, and cut where their direction changes.

Word expects letters written from left to right and from right to left in runs of their own, and does not know
the isolates other readers use. A token they enclose becomes a left-to-right run between marks.
"""

import re
from xml.sax.saxutils import escape, quoteattr

from reports.rendering.text_guard import without_controls

TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"  # letters written from right to left
ISOLATED = re.compile("\u2066([^\u200e\u200f\u2066-\u2069\n]*)\u2069")
INNER = rf"[^{TURNED}\u200e\u200f()\n]"
BRACKETED = rf"\({INNER}*\)"
STRAIGHT_PIECE = re.compile(
    rf"\u200e[^\u200e\u200f\n]*\u200e|[^\W\d_{TURNED}](?:(?:{INNER}|{BRACKETED})*(?:[^\W_{TURNED}]|{BRACKETED}))?"
)
TURNED_LETTER = re.compile(f"[{TURNED}]")
TURNED_PIECE = re.compile(rf"[{TURNED}](?:[^A-Za-z\u00c0-\u052f\u3040-\u9fff\n]*[{TURNED}])?")
SPECIAL = {"\n": "<w:br/>", "\t": "<w:tab/>", "\u00ad": "<w:softHyphen/>"}
SPECIAL_CHARACTERS = re.compile("[\n\t\u00ad]")
TAGS = {"ar": "ar-SA", "zh-Hans": "zh-CN", "en": "en-GB", "fr": "fr-FR", "ru": "ru-RU", "es": "es-ES"}


class Voice:
    """How words of one language are set: `paragraph` tells the direction to a paragraph, and runs carry the tag.

    `own` is the language of the report, which the document's defaults name already.
    """

    def __init__(self, lang: str, direction: str, own_lang: str = "", own_direction: str = "ltr") -> None:
        self.tag = TAGS.get(lang, lang)
        self.is_rtl = direction == "rtl"
        self.paragraph = "<w:bidi/>" if self.is_rtl else '<w:bidi w:val="0"/>' if own_direction == "rtl" else ""
        self._fonts = '<w:rFonts w:hint="eastAsia"/>' if lang.startswith("zh") else ""
        self._tag = "" if lang == own_lang else self._language_tag()
        self._openings: dict[tuple[str, bool], str] = {}

    def _language_tag(self) -> str:
        further = {"ar-SA": ' w:bidi="ar-SA"', "zh-CN": ' w:eastAsia="zh-CN"'}.get(self.tag, "")
        return f'<w:lang w:val="{self.tag}"{further}/>'

    def opening(self, style: str, turned: bool) -> str:
        """The start of a run, up to its words. `style` is a character style."""
        found = self._openings.get((style, turned))
        if found is None:
            named = f'<w:rStyle w:val="{style}"/>' if style else ""
            properties = f"{named}{self._fonts}{'<w:rtl/>' if turned else ''}{self._tag}"
            found = f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}"
            self._openings[style, turned] = found
        return found

    def runs(self, text: str, style: str = "") -> str:
        """The text as one run, or as several where its letters change direction."""
        text = without_controls(text)
        if self.is_rtl:
            text = ISOLATED.sub("\u200f\u200e\\1\u200e\u200f", text)
            return self._cut(text, STRAIGHT_PIECE, style, turned=False)
        if TURNED_LETTER.search(text):
            return self._cut(text, TURNED_PIECE, style, turned=True)
        return self._run(text, style, turned=False) if text else ""

    def isolated(self, token: str) -> str:
        """A code that stays whole whatever stands around it."""
        return f"\u2066{token}\u2069" if self.is_rtl else token

    def _cut(self, text: str, pattern: re.Pattern[str], style: str, *, turned: bool) -> str:
        made, end = [], 0
        for found in pattern.finditer(text):
            if found.start() > end:
                made.append(self._run(text[end : found.start()], style, turned=not turned))
            made.append(self._run(found.group(), style, turned=turned))
            end = found.end()
        if end < len(text):
            made.append(self._run(text[end:], style, turned=not turned))
        return "".join(made)

    def _run(self, words: str, style: str, *, turned: bool) -> str:
        return f"{self.opening(style, turned)}{text_element(words)}</w:r>"


def text_element(words: str) -> str:
    escaped = f'<w:t xml:space="preserve">{escape(words)}</w:t>'
    if SPECIAL_CHARACTERS.search(escaped):
        return SPECIAL_CHARACTERS.sub(
            lambda found: f'</w:t>{SPECIAL[found.group()]}<w:t xml:space="preserve">', escaped
        )
    return escaped


def attribute(words: str) -> str:
    """The words as an attribute's value with its quotes."""
    return quoteattr(without_controls(words))
