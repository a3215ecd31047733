"""Alphabetical order of names in each of the six languages, the same on every database."""

import unicodedata

ARABIC_ALEFS = str.maketrans("أإآٱ", "اااا")
# Letters of their own, not accented ones: each stands right after the letter it resembles.
OWN_LETTERS = {"ru": {"й": "и\uffff"}, "es": {"ñ": "n\uffff"}}


def collation_key(name: str, language: str) -> tuple[object, ...]:
    """A sort key for a name as readers of the language expect to find it.

    Arabic lists pass over the article and the marks on the alef; Chinese lists go by pronunciation, which the
    GB 2312 order of the common characters follows; elsewhere accents and case do not count.
    """
    if language == "zh-hans":
        return (name.encode("gb18030"),)
    own = OWN_LETTERS.get(language, {})
    letters = "".join(own.get(c, c) for c in unicodedata.normalize("NFC", name.casefold()))
    if language == "ar":  # before the alefs are unified: the "أل" of "ألبانيا" is no article
        letters = " ".join(word.removeprefix("ال") for word in letters.split())
    folded = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    return (folded.translate(ARABIC_ALEFS), name)
