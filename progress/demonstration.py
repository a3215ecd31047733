"""The invented stakeholders' updates: one for every state an update can be in, by the same actions as real ones."""

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from progress import actions
from progress.models import Assignment, Cycle, CycleState
from progress.models.cycle import quarter_before, quarter_of
from stakeholders.actions import appoint
from stakeholders.datafiles import Row, read_rows
from stakeholders.demonstration import accounts
from stakeholders.models import Stakeholder, User

COLUMNS = [
    "quarter",
    "stakeholder",
    "commitment",
    "author",
    "language",
    "status",
    "narrative",
    "obstacles",
    "next_steps",
    "ends_as",
    "reason",
]
UPDATES = Path(__file__).resolve().parent / "data" / "demonstration" / "updates.csv"
A_WHILE = timedelta(minutes=30)  # the steps of an update take minutes, and none may lie in the future
OFFICER, PUBLISHER = "officer@demo.example", "publisher@demo.example"


def seed_people(*, since: date) -> None:
    """The log-ins and their appointments; those that exist are left alone."""
    for account in accounts():
        if User.objects.filter(email=account.email).exists():
            continue
        duty = "officer" if account.email in (OFFICER, PUBLISHER) else "none"
        person = User.objects.create_user(
            account.email,
            account.password,
            name=account.name,
            language=account.language,
            duty=duty,
            is_demonstration=True,
        )
        if account.stakeholder:
            stakeholder = Stakeholder.objects.get(code=account.stakeholder)
            appoint(person=person, stakeholder=stakeholder, role=account.role, starts_on=since, actor=None)


def seed_cycles(*, at: datetime) -> None:
    """Last quarter, closed, and this quarter, open, each with its updates; a cycle that exists is left alone."""
    this = quarter_of(at.date())
    last = quarter_before(*this)
    rows = read_rows(UPDATES, COLUMNS, required=COLUMNS[:6])
    first_day = Cycle.for_quarter(*last).opens_on
    seed_people(since=first_day)
    _seed(last, [row for row in rows if row["quarter"] == "previous"], _start_of(first_day))
    _seed(this, [row for row in rows if row["quarter"] == "current"], at - A_WHILE)
    previous = Cycle.objects.get(year=last[0], quarter=last[1])
    if previous.state == CycleState.OPEN:
        actions.close_cycle(cycle=previous, actor=None, at=at)


def _seed(quarter: tuple[int, int], rows: list[Row], at: datetime) -> None:
    if Cycle.objects.filter(year=quarter[0], quarter=quarter[1]).exists():
        return
    cycle = actions.plan_cycle(year=quarter[0], quarter=quarter[1], actor=None, at=at)
    actions.open_cycle(cycle=cycle, actor=None, at=at)
    for row in rows:
        _walk(row, cycle, at)


def _walk(row: Row, cycle: Cycle, at: datetime) -> None:
    """Take one update as far as the file says, each step by the person whose step it is."""
    assignment = Assignment.objects.with_everything().get(
        cycle=cycle, stakeholder__code=row["stakeholder"], commitment__uid=row["commitment"]
    )
    author = User.objects.get_by_natural_key(row["author"])
    officer, publisher = (User.objects.get_by_natural_key(email) for email in (OFFICER, PUBLISHER))
    write = actions.save_draft if row["ends_as"] == "draft" else actions.submit_update
    content = actions.Content(**{name: row[name] for name in COLUMNS[4:9]})  # type: ignore[typeddict-item] # the names are Content's
    update = write(assignment=assignment, author=author, based_on=0, at=at, **content).update
    later = at + timedelta(minutes=5)
    if row["ends_as"] == "returned":
        actions.return_update(update=update, officer=officer, based_on=1, reason=row["reason"], at=later)
    if row["ends_as"] in ("accepted", "published", "withdrawn"):
        actions.accept_update(update=update, officer=officer, based_on=1, at=later)
    if row["ends_as"] in ("published", "withdrawn"):
        actions.publish_update(update=update, officer=publisher, based_on=1, at=later)
    if row["ends_as"] == "withdrawn":
        actions.withdraw_update(update=update, officer=officer, reason=row["reason"], at=later + timedelta(minutes=5))


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(9), tzinfo=UTC)
