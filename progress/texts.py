"""Which words of an update a reader of one language is shown, and what must be said about them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from progress.models import Evidence, TranslationState, UpdateTranslation, UpdateVersion
from stakeholders.languages import Language, get_language
from stakeholders.text import isolated


@dataclass(frozen=True)
class ShownText:
    """`kind`: same (written in this language), original (not translated), or signed, draft, machine."""

    language: Language
    original: Language
    kind: str
    narrative: str
    obstacles: str
    next_steps: str
    sources: str

    @property
    def notice_kind(self) -> str:
        """What the language notice says: nobody translated it, or who stands for the translation."""
        return {"signed": "translation"}.get(self.kind, self.kind)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(heading, text) of whatever was written, in the order of the form."""
        headed = [
            (_("What was done"), self.narrative),
            (_("Obstacles and support needed"), self.obstacles),
            (_("Next steps"), self.next_steps),
            (_("Evidence and sources"), self.sources),
        ]
        return [(heading, text) for heading, text in headed if text]


def shown_text(version: UpdateVersion, language: str) -> ShownText:
    """The version in the reader's language when there is a translation, else in its original."""
    original = get_language(version.language)
    if language == version.language:
        return _of(version, original, original, "same")
    translation = next((t for t in version.translations.all() if t.language == language), None)
    if translation is None:
        return _of(version, original, original, "original")
    kind = "signed" if translation.state == TranslationState.SIGNED else translation.state
    return _of(translation, get_language(language), original, kind)


def _of(words: UpdateVersion | UpdateTranslation, shown: Language, original: Language, kind: str) -> ShownText:
    return ShownText(shown, original, kind, words.narrative, words.obstacles, words.next_steps, words.sources)


def carried_in_words(piece: Evidence) -> list[str]:
    """What a file tells about people and places beside its content, in sentences; none when nothing was found."""
    sentences = []
    if people := piece.people_carried:
        told = _("The properties of “%(file)s” name %(people)s.")
        sentences.append(told % {"file": isolated(piece.file_name), "people": ", ".join(map(isolated, people))})
    if piece.carries_place:
        told = _("The properties of “%(file)s” tell where the picture was taken.")
        sentences.append(told % {"file": isolated(piece.file_name)})
    if sentences and piece.is_public:
        sentences.append(
            _("Everyone will be able to read this. To prevent it, remove the file and add it without them.")
        )
    return sentences
