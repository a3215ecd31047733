"""What the public can find: the catalogue, the stakeholders and the published updates, in this order.

The catalogue and the register are short, so their words are compared here; those of updates lie in an index. The
order is ours as well, so that it is the same on every database.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from commitments.models import Area, Commitment, CommitmentOwner
from progress.models import Cycle, TranslationState, UpdateVersion
from progress.search import Narrowing, published_with
from reports import queries
from reports.excerpts import Excerpt, Piece, excerpt_of, marked
from stakeholders.folding import Term, spans_of, terms_of, words_of
from stakeholders.languages import LANGUAGES, Language, get_language, in_all_languages
from stakeholders.models import Stakeholder

MOST_UPDATES = 1_000


class ResultKind(TextChoices):
    COMMITMENTS = "commitments", pgettext_lazy("search", "Areas and commitments")
    STAKEHOLDERS = "stakeholders", pgettext_lazy("search", "Stakeholders")
    UPDATES = "updates", pgettext_lazy("search", "Updates")


@dataclass(frozen=True)
class Catalogue:
    """All areas and commitments of every edition, read at once; updates may belong to an earlier edition."""

    owners: dict[int, set[str]]
    commitments: list[Commitment]

    @cached_property
    def current(self) -> list[Commitment]:
        return [commitment for commitment in self.commitments if commitment.area.declaration.is_current]

    @cached_property
    def areas(self) -> list[Area]:
        return list({commitment.area_id: commitment.area for commitment in self.current}.values())

    def meant(self, area: str, owner: str) -> list[Commitment]:
        """Those of an area and of an owner kind, where one is chosen."""
        return [
            commitment
            for commitment in self.commitments
            if area in ("", commitment.area.uid) and (not owner or owner in self.owners[commitment.pk])
        ]


def read_catalogue() -> Catalogue:
    owners: dict[int, set[str]] = {}
    commitments: dict[int, Commitment] = {}
    rows = CommitmentOwner.objects.select_related("commitment__area__declaration")
    for row in rows.order_by("commitment__area__declaration", "commitment__area__number", "commitment__position", "pk"):
        owners.setdefault(row.commitment_id, set()).add(row.kind)
        commitments[row.commitment_id] = row.commitment
    return Catalogue(owners, list(commitments.values()))


# The columns of a stakeholder; the three without a language only repeat one with.
COLUMNS = [
    column.attname
    for column in Stakeholder._meta.concrete_fields
    if column.attname not in ("name", "formal_name", "acronym")
]


def read_register() -> list[Any]:
    """All stakeholders as plain rows: hundreds of records, few of them shown, would cost more."""
    return list(Stakeholder.objects.order_by("code").values_list(*COLUMNS, named=True))


def stakeholder_of(row: Any) -> Stakeholder:
    return Stakeholder(**row._asdict())


@dataclass(frozen=True)
class Asked:
    """A search: its words, and the filters chosen."""

    terms: list[Term]
    kind: str = ""
    status: str = ""
    area: str = ""
    owner: str = ""
    cycle: Cycle | None = None
    stakeholder: Stakeholder | None = None
    recent: datetime | None = None  # a few cycles ago, where there are more

    def is_about(self, kind: ResultKind) -> bool:
        """Only updates have a status, a cycle and a stakeholder; stakeholders stand in no area and have no owner."""
        chosen = {
            ResultKind.COMMITMENTS: self.status or self.cycle or self.stakeholder,
            ResultKind.STAKEHOLDERS: self.status or self.cycle or self.stakeholder or self.area or self.owner,
            ResultKind.UPDATES: None,
        }
        return self.kind in ("", kind) and not chosen[kind]


@dataclass(frozen=True)
class Result:
    """One thing found, as the page shows it."""

    kind_label: str
    url: str
    title: list[Piece]
    code: list[Piece]
    excerpt: Excerpt | None = None
    version: UpdateVersion | None = None
    unsigned: str = ""
    demonstration: bool = False


@dataclass(frozen=True)
class Found:
    """Everything found; pages of it are read as they are asked for."""

    asked: Asked
    language: Language
    things: list[Any]
    versions: list[int]
    has_more: bool = False

    def __len__(self) -> int:
        return len(self.things) + len(self.versions)

    def part(self, start: int, stop: int) -> list[Result]:
        """The results of one page. A version withdrawn since the index was asked is left out."""
        ids = self.versions[max(0, start - len(self.things)) : max(0, stop - len(self.things))]
        versions = {version.pk: version for version in queries.published_with_words().filter(pk__in=ids)} if ids else {}
        things = [_result(thing, self.asked.terms, self.language) for thing in self.things[start:stop]]
        return things + [_update(versions[pk], self.asked.terms, self.language) for pk in ids if pk in versions]


def search(asked: Asked, catalogue: Catalogue, stakeholders: Callable[[], Iterable[Any]], language: Language) -> Found:
    things: list[Any] = []
    if asked.is_about(ResultKind.COMMITMENTS):
        things += _in_catalogue(asked, catalogue)
    if asked.is_about(ResultKind.STAKEHOLDERS):
        things += _among(stakeholders(), asked.terms)
    versions: list[int] = []
    if asked.is_about(ResultKind.UPDATES):
        narrowing = _narrowing(asked, catalogue)
        versions = published_with(asked.terms, narrowing, limit=MOST_UPDATES + 1, recent=asked.recent)
    has_more = len(versions) > MOST_UPDATES
    return Found(asked, language, things, versions[:MOST_UPDATES], has_more)


def _narrowing(asked: Asked, catalogue: Catalogue) -> Narrowing:
    commitments = catalogue.meant(asked.area, asked.owner) if asked.area or asked.owner else None
    return Narrowing(
        status=asked.status or None,
        cycle=asked.cycle.pk if asked.cycle else None,
        stakeholder=asked.stakeholder.pk if asked.stakeholder else None,
        commitments=None if commitments is None else frozenset(commitment.pk for commitment in commitments),
    )


def _in_catalogue(asked: Asked, catalogue: Catalogue) -> list[Area | Commitment]:
    """Those found by their title first, areas before commitments, in the order of the catalogue."""
    areas = [] if asked.owner else [area for area in catalogue.areas if asked.area in ("", area.uid)]
    commitments = [c for c in catalogue.meant(asked.area, asked.owner) if c.area.declaration.is_current]
    things: list[Area | Commitment] = [*areas, *commitments]
    ranked = [(_rank(thing, asked.terms), thing) for thing in things]
    found = [(rank, thing) for rank, thing in ranked if rank is not None]
    return [thing for _place, thing in sorted(found, key=lambda one: one[0])]


def _among(stakeholders: Iterable[Any], terms: list[Term]) -> list[Any]:
    """Those called just so first, then those with every term in a short name; in the order of their codes."""
    found = []
    for who in stakeholders:
        if (rank := _rank(who, terms)) is not None:
            is_just_so = any(name and _looked_for_by(name) == set(terms) for name in _names(who))
            found.append((not is_just_so, rank, who.code, who))
    return [one[-1] for one in sorted(found, key=lambda one: one[:3])]


@lru_cache(maxsize=10_000)
def _looked_for_by(name: str) -> frozenset[Term]:
    return frozenset(terms_of(name))


def stakeholders_called(name: str, stakeholders: list[Any]) -> list[Any]:
    """Whom a name, an acronym or a code means: those it names in full, or else those whose words it begins."""
    if exactly := [who for who in stakeholders if name == who.code]:
        return exactly
    typed = _in_a_row(name)
    if in_full := [who for who in stakeholders if typed and typed in map(_in_a_row, _names(who))]:
        return in_full
    terms = terms_of(name)
    return [who for who in stakeholders if terms and _rank(who, terms) is not None]


def _names(who: Any) -> list[str]:
    return [who.iso_alpha2, who.iso_alpha3, who.m49, *_all(who, "name", "formal_name", "acronym")]


@lru_cache(maxsize=10_000)
def _in_a_row(name: str) -> str:
    return " ".join(span.word for span in spans_of(name))


def _rank(thing: Any, terms: list[Term]) -> int | None:
    """0 when the title holds every term, 1 when all its words together do, None when it is not found."""
    title, rest = _words_of(thing)
    if all(term.is_in(title) for term in terms):
        return 0
    both = title + rest
    return 1 if all(term.is_in(both) for term in terms) else None


def _words_of(thing: Any) -> tuple[str, str]:
    if isinstance(thing, Area):
        return _folded((str(thing.number), *_all(thing, "short_title", "title"))), ""
    if isinstance(thing, Commitment):
        title = _folded((thing.code, *_all(thing, "title")))
        return title, _folded((thing.paragraph, *_all(thing, "statement", "official_text")))
    codes = (thing.code, thing.iso_alpha2, thing.iso_alpha3, thing.m49)
    return _folded((*codes, *_all(thing, "name", "acronym"))), _folded(tuple(_all(thing, "formal_name")))


def _all(thing: object, *fields: str) -> list[str]:
    return [text for name in fields for text in in_all_languages(thing, name).values()]


@lru_cache(maxsize=2_000)
def _folded(texts: tuple[str, ...]) -> str:
    """Kept by the texts themselves, so a changed text is never found by its old words."""
    return f" {' '.join(sorted(words_of(*texts)))} "


def _result(thing: Any, terms: list[Term], language: Language) -> Result:
    if isinstance(thing, Commitment):
        label, url, title = pgettext("search", "Commitment"), reverse("commitment", args=[thing.uid]), thing.title
        fields = ["statement", "official_text", "title"]
    elif isinstance(thing, Area):
        label, url, title = _("Area"), reverse("area", args=[thing.uid]), thing.title
        fields = ["short_title", "title"]
    else:
        who = stakeholder_of(thing)
        label, url, title = who.get_kind_display(), reverse("stakeholder", args=[who.code]), who.name
        fields = ["formal_name", "name", "acronym"]
    return Result(
        str(label),
        url,
        marked(title, terms),
        code=marked(thing.code, terms) if isinstance(thing, Commitment) else [],
        excerpt=_excerpt_beside(title, _by_preference(thing, fields, language), terms),
        demonstration=getattr(thing, "is_demonstration", False),
    )


def _excerpt_beside(title: str, texts: list[tuple[Language, str]], terms: list[Term]) -> Excerpt | None:
    """Where the words stand; when that is the title, the text that comes first."""
    found = excerpt_of(texts, terms)
    if found and found.text == title:
        found = excerpt_of(texts[:1], terms)
    return None if found is None or found.text == title else found


def _by_preference(thing: object, fields: Sequence[str], language: Language) -> list[tuple[Language, str]]:
    """The texts of a thing, those in the reader's language before the others."""
    texts = [(get_language(code), text) for name in fields for code, text in in_all_languages(thing, name).items()]
    return sorted(texts, key=lambda one: one[0] != language)


def _update(version: UpdateVersion, terms: list[Term], language: Language) -> Result:
    asked = version.update.assignment
    translations = {translation.language: translation for translation in version.translations.all()}
    order = [language.code, version.language, *(other.code for other in LANGUAGES)]
    readable: dict[str, Any] = {**translations, version.language: version}
    texts = [(get_language(code), _whole(readable[code])) for code in dict.fromkeys(order) if code in readable]
    excerpt = excerpt_of(texts, terms)
    shown = translations.get(excerpt.language.code) if excerpt else None
    return Result(
        pgettext("search", "Update"),
        reverse("version", args=[version.pk]),
        [Piece(asked.commitment.title, False)],
        code=[Piece(asked.commitment.code, False)],
        excerpt=excerpt,
        version=version,
        unsigned=shown.get_state_display() if shown and shown.state != TranslationState.SIGNED else "",
        demonstration=asked.stakeholder.is_demonstration,
    )


def _whole(words: Any) -> str:
    return "\n".join(text for name in UpdateVersion.TEXTS if (text := getattr(words, name)))
