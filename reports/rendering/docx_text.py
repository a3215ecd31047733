"""Words as WordprocessingML runs: cleaned, escaped, and cut where their direction changes.

Word expects letters written from left to right and from right to left in runs of their own, and does not know
the isolates other readers use. A token they enclose becomes a left-to-right run between marks.
"""

import re
from xml.sax.saxutils import escape, quoteattr

from reports.rendering.text_guard import without_controls

# Letters by their direction; digits, signs and spaces belong to neither.
TURNED = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
STRAIGHT = "A-Za-z\u00c0-\u02af\u0370-\u058f\u0900-\u1fff\u2c00-\ud7ff\uf900-\ufb1c\U00020000-\U0003ffff"
ISOLATED = re.compile("\u2066([^\u200e\u200f\u2066-\u2069\n]*)\u2069")
INNER = rf"[^{TURNED}\u200e\u200f()\n]"
BRACKETED = rf"\({INNER}*\)"
STRAIGHT_PIECE = re.compile(  # between two marks, or from a letter to the last letter, digit or bracketed words
    rf"([\u200e{STRAIGHT}]"
    rf"(?:(?<=\u200e)[^\u200e\u200f\n]*\u200e|(?<!\u200e)(?:(?:{INNER}|{BRACKETED})*(?:[{STRAIGHT}\d]|{BRACKETED}))?))"
)
TURNED_LETTER = re.compile(f"[{TURNED}]")
TURNED_PIECE = re.compile(rf"([{TURNED}](?:[^{STRAIGHT}\n]*[{TURNED}])?)")
SPECIAL = {"\n": "<w:br/>", "\t": "<w:tab/>", "\u00ad": "<w:softHyphen/>"}
SPECIAL_CHARACTERS = re.compile("[\n\t\u00ad]")
PLAIN = re.compile("[^&<>\n\t\u00ad]*")
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
        if not text:
            return ""
        is_plain = PLAIN.fullmatch(text) is not None
        if self.is_rtl:
            if "\u2066" in text:
                text = ISOLATED.sub("\u200f\u200e\\1\u200e\u200f", text)
            pieces, openings = STRAIGHT_PIECE.split(text), (self.opening(style, True), self.opening(style, False))
        elif TURNED_LETTER.search(text):
            pieces, openings = TURNED_PIECE.split(text), (self.opening(style, False), self.opening(style, True))
        else:
            return f"{self.opening(style, False)}{text_element(text, is_plain=is_plain)}</w:r>"
        # what the pattern found stands at the odd places, between what it passed
        return "".join(
            [
                f"{openings[place % 2]}{text_element(words, is_plain=is_plain)}</w:r>"
                for place, words in enumerate(pieces)
                if words
            ]
        )

    def isolated(self, token: str) -> str:
        """A code that stays whole whatever stands around it."""
        return f"\u2066{token}\u2069" if self.is_rtl else token


def text_element(words: str, *, is_plain: bool = False) -> str:
    """`is_plain` when nothing in the words needs care, which the caller has looked up for many pieces at once."""
    if is_plain:
        return f'<w:t xml:space="preserve">{words}</w:t>'
    escaped = f'<w:t xml:space="preserve">{escape(words)}</w:t>'
    return SPECIAL_CHARACTERS.sub(lambda found: f'</w:t>{SPECIAL[found.group()]}<w:t xml:space="preserve">', escaped)


def attribute(words: str) -> str:
    """The words as an attribute's value with its quotes."""
    return quoteattr(without_controls(words))
