"""Who has answered: the open cycle counted by area, leading owner or stakeholder."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet
from django.utils.translation import pgettext_lazy

from commitments.models import OwnerKind
from progress.models import Assignment, AssignmentKind, Cycle, Reminder, UpdateState
from stakeholders.collation import collation_key
from stakeholders.languages import get_language
from stakeholders.models import Stakeholder

AREA, OWNER, STAKEHOLDER = "area", "owner", "stakeholder"
GROUPINGS = {
    AREA: pgettext_lazy("board", "By area"),
    OWNER: pgettext_lazy("board", "By leading owner"),
    STAKEHOLDER: pgettext_lazy("board", "By stakeholder"),
}
ANSWERED = (UpdateState.SUBMITTED, UpdateState.ACCEPTED, UpdateState.PUBLISHED)
# What a row is counted by, and the translated field it is named by; owners are named by their kind.
KEYS = {AREA: "commitment__area__uid", OWNER: "commitment__owners__kind", STAKEHOLDER: "stakeholder__code"}
NAMES = {AREA: "commitment__area__short_title", STAKEHOLDER: "stakeholder__name"}


@dataclass(frozen=True)
class BoardRow:
    key: str
    label: str
    expected: int
    answered: int
    published: int
    reminded_on: date | None = None

    @property
    def silent(self) -> int:
        return self.expected - self.answered


def expected_of(cycle: Cycle, **extent: str) -> QuerySet[Assignment]:
    """The expected answers of a cycle; `area`, `owner` or `stakeholder` narrow it by the keys of the board."""
    asked = Assignment.objects.filter(cycle=cycle, kind=AssignmentKind.EXPECTED, commitment__owners__is_lead=True)
    return asked.filter(**{KEYS[name]: key for name, key in extent.items() if key})


def silent_among(asked: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Those on which nothing stands submitted: not written, in draft, or sent back."""
    return asked.exclude(update__state__in=ANSWERED)


def board_of(cycle: Cycle, by: str, *, language: str) -> list[BoardRow]:
    """One row a group, those with the most open answers first; two queries."""
    counted = (
        expected_of(cycle)
        .values_list(KEYS[by], _name(by, language))
        .annotate(
            expected=Count("pk"),
            answered=Count("pk", filter=Q(update__state__in=ANSWERED)),
            published=Count("pk", filter=Q(update__state=UpdateState.PUBLISHED)),
        )
        .order_by()
    )
    reminded = _reminded(cycle) if by == STAKEHOLDER else {}
    board = []
    for key, name, expected, answered, published in counted:
        label = str(OwnerKind(key).label) if by == OWNER else name
        board.append(BoardRow(key, label, expected, answered, published, reminded.get(key)))
    return sorted(board, key=lambda row: (-row.silent, collation_key(row.label, language)))


def _name(by: str, language: str) -> str:
    """The column that holds a row's name in this language."""
    return f"{NAMES[by]}_{get_language(language).column}" if by in NAMES else KEYS[by]


def _reminded(cycle: Cycle) -> dict[str, date]:
    """Stakeholder's code -> day of the last reminder."""
    days = (
        Reminder.objects.filter(cycle=cycle, told__gt=0).values_list("stakeholder__code").annotate(Max("on")).order_by()
    )
    return dict(days)


def silent_stakeholders(cycle: Cycle, **extent: str) -> QuerySet[Stakeholder]:
    silent = silent_among(expected_of(cycle, **extent))
    return Stakeholder.objects.filter(pk__in=silent.values("stakeholder"))
