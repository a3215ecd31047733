"""Texts in six languages: the words of the catalogue in random order, frequent ones often and rare ones seldom."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from commitments.models import Commitment
from stakeholders.folding import words_of
from stakeholders.languages import CODES, LANGUAGES

# Words in a text, from-to. The Secretariat's own updates on the public web run to about as much.
LENGTHS = {"narrative": (25, 110), "obstacles": (12, 45), "next_steps": (10, 40), "remark": (6, 18)}
POOL = {"narrative": 600, "obstacles": 200, "next_steps": 200, "remark": 60}
SENTENCE = (8, 18)
WORDS_IN_A_CLAUSE = 6  # of Chinese, whose words no space parts


@dataclass(frozen=True)
class Text:
    """A text and the words by which search finds it."""

    text: str
    words: frozenset[str]


NOTHING = Text("", frozenset())


class Texts:
    """As many different texts as a reader would need to take them for different; drawn with the caller's dice."""

    def __init__(self, chance: random.Random, *, share: float = 1.0) -> None:
        """`share` makes the pool smaller, for a small load that need not wait for a large one's words."""
        self._pool: dict[tuple[str, str], list[Text]] = {}
        for code, words in vocabulary().items():
            chance.shuffle(words)
            weights = list(accumulate(1 / (rank + 5) for rank in range(len(words))))
            for part, (least, most) in LENGTHS.items():
                size = max(4, round(POOL[part] * share))
                made = (_text(code, words, weights, chance.randint(least, most), chance) for _n in range(size))
                self._pool[code, part] = [Text(text, frozenset(words_of(text))) for text in made]

    def draw(self, code: str, part: str, chance: random.Random) -> Text:
        return chance.choice(self._pool[code, part])


def vocabulary() -> dict[str, list[str]]:
    """The words of the catalogue's statements; in Chinese, whose words no space parts, its clauses."""
    found: dict[str, list[str]] = {}
    for language in LANGUAGES:
        texts = Commitment.objects.current().values_list(f"statement_{language.column}", flat=True)
        if language.code == "zh-hans":
            clauses = [clause for text in texts for clause in text.replace("。", "，").split("，")]
            found[language.code] = sorted({clause for clause in clauses if clause})
        else:
            words = [word.strip(".,;:()«»“”،؛") for text in texts for word in text.split()]
            found[language.code] = sorted({word for word in words if word})
    return found


def _text(code: str, words: list[str], weights: Sequence[float], length: int, chance: random.Random) -> str:
    if code == "zh-hans":
        clauses = chance.choices(words, cum_weights=weights, k=max(1, length // WORDS_IN_A_CLAUSE))
        return "，".join(clauses) + "。"
    sentences = []
    while length > 0:
        taken = min(length, chance.randint(*SENTENCE))
        sentence = " ".join(chance.choices(words, cum_weights=weights, k=taken))
        sentences.append(f"{sentence[0].upper()}{sentence[1:]}.")
        length -= taken
    return " ".join(sentences)


def other_languages(code: str, chance: random.Random) -> list[str]:
    """Into which languages a published text was translated: half of them into none, some into one or two."""
    n = chance.choices((0, 1, 2), weights=(3, 2, 1))[0]
    return chance.sample([other for other in CODES if other != code], n)
