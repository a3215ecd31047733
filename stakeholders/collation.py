"""Alphabetical order of names in each of the six languages, the same on every database."""

import unicodedata

ARABIC_ALEFS = str.maketrans("أإآٱ", "اااا")


def collation_key(name: str, language: str) -> tuple[object, ...]:
    """A sort key for a name as readers of the language expect to find it.

    Arabic lists pass over the article and the marks on the alef; Chinese lists go by pronunciation, which the
    GB 2312 order of the common characters follows; elsewhere accents and case do not count.
    """
    if language == "zh-hans":
        return (name.encode("gb18030"),)
    folded = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    if language == "ar":
        folded = folded.translate(ARABIC_ALEFS)
        folded = " ".join(word.removeprefix("ال") for word in folded.split())
    return (folded, name)
