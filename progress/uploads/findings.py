"""What looking into a file can end with: a refusal, or what the file tells about people and places."""

from dataclasses import asdict, dataclass

from stakeholders.text import isolated

LONGEST_NAME = 100


class Refused(Exception):
    """A file that is not taken. `sentence` has a place for the `name` of the file besides those in `params`."""

    def __init__(self, sentence: str, **params: object) -> None:
        super().__init__(sentence)
        self.sentence, self.params = sentence, params


@dataclass(frozen=True)
class Carried:
    """`kind`: person (a name in the properties) or place (where a picture was taken)."""

    kind: str
    text: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)


def people(*names: str) -> list[Carried]:
    """The names a file gives, each once."""
    return [Carried("person", name) for name in dict.fromkeys(map(printable, names)) if name]


def printable(text: str) -> str:
    """As much of a stranger's text as can be shown in a line: no controls, no directions."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[: 2 * LONGEST_NAME]).split())[:LONGEST_NAME]


def shown(text: str) -> str:
    """The same as a part of a sentence."""
    return isolated(printable(text))
