"""Many updates at once: each judged by the rules of a typed one, written in batches that keep the chain whole."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from commitments.models import Commitment
from progress import policies
from progress.actions.moves import line_of, out_of_state, step
from progress.actions.sources import record_published_source
from progress.actions.writing import Content, handing_in, line_of_saving, require_open, sound_version
from progress.models import Assignment, Cycle, Scratch, Transition, Update, UpdateState, UpdateVersion, Verb
from progress.models.transition import STATES_AFTER
from progress.models.update import EDITABLE
from progress.update_rows import readable_versions, values_of_update
from stakeholders import diary
from stakeholders.datafiles import DataFileError, Row, fault_of
from stakeholders.models import User
from stakeholders.queries import Stakeholders

Values = dict[str, str]


@dataclass(frozen=True)
class Wanted:
    """What a row changes: a new version, or none where a draft is handed in as it stands; the step taken then.

    Without a `version` and a `verb` it is a published source, entered by whoever runs the service.
    """

    assignment: Assignment
    version: UpdateVersion | None
    verb: Verb | None
    content: Content


@dataclass(frozen=True)
class Judged:
    """A row as it stood (None: nothing was written), as it will stand, and what is to be done for that."""

    row: Row
    before: Values | None
    after: Values
    wanted: Wanted | None


class UpdatesIn:
    """An import of updates by one person at one moment. What is asked about people is asked once a stakeholder."""

    def __init__(self, author: User | None, at: datetime) -> None:
        self.author, self.at = author, at
        self._stakeholders = Stakeholders()
        self._cycles = {cycle.key: cycle for cycle in Cycle.objects.all()}
        self._commitments = dict(Commitment.objects.values_list("uid", "pk"))
        self._may_write: dict[int, bool] = {}
        self._verbs: dict[int, Verb] = {}
        self._closed: dict[int, str] = {}

    def judge(self, rows: Sequence[Row], *, holding: bool) -> Iterator[Judged | DataFileError]:
        """What becomes of each row. `holding` keeps others from these updates until the transaction ends."""
        for row, assignment, seen in self._look_up(rows, holding=holding):
            try:
                if assignment is None:
                    raise self._unknown(row)
                yield self._judge(row, assignment, seen)
            except DataFileError as fault:
                yield fault
            except ValidationError as error:
                yield fault_of(row, error)

    def write(self, wanted: Sequence[Wanted]) -> None:
        """Inside the caller's transaction, which holds the updates: versions, steps, states and the diary."""
        if self.author is None:
            for one in wanted:
                record_published_source(assignment=one.assignment, at=self.at, **one.content)
            return
        steps = [self._take(one) for one in wanted]
        updates = [update for update, _version, _step in steps]
        Update.objects.bulk_create([update for update in updates if update.pk is None])
        Update.objects.bulk_update(updates, ["version", "state", "changed_at"])
        UpdateVersion.objects.bulk_create([version for _update, version, _step in steps if version])
        for update, version, taken in steps:
            if taken and not version:
                update.versions.filter(number=update.version).update(submitted_at=_submitted_at(taken))
        Transition.objects.bulk_create([taken for _update, _version, taken in steps if taken])
        Scratch.objects.filter(assignment__in=[one.assignment.pk for one in wanted], person=self.author).delete()
        diary.record_several(self._lines(steps))

    def _look_up(
        self, rows: Sequence[Row], *, holding: bool
    ) -> Iterator[tuple[Row, Assignment | None, UpdateVersion | None]]:
        keys = [self._key_of(row) for row in rows]
        cycles, stakeholders, commitments = ({key[place] for key in keys} for place in range(3))
        named = Assignment.objects.filter(
            cycle__in=cycles, stakeholder__in=stakeholders, commitment__in=commitments
        ).values_list("cycle", "stakeholder", "commitment", "pk")
        asked = set(keys)
        pks = {(c, s, p): pk for c, s, p, pk in named if (c, s, p) in asked}
        if holding:
            held = Update.objects.select_for_update().filter(assignment__in=pks.values()).order_by("pk")
            list(held.values_list("pk"))
        found = Assignment.objects.with_everything().in_bulk(list(pks.values()))
        readable = readable_versions(self.author, self.at).filter(update__assignment__in=pks.values())
        seen = {version.update.assignment_id: version for version in readable.with_everything()}
        for row, key in zip(rows, keys, strict=True):
            assignment = found.get(pks.get(key, 0))
            yield row, assignment, seen.get(assignment.pk) if assignment else None

    def _key_of(self, row: Row) -> tuple[int, int, int]:
        cycle = self._cycles.get(row["cycle"])
        who = self._stakeholders.find(row["stakeholder"])
        return (cycle.pk if cycle else 0, who.pk if who else 0, self._commitments.get(row["commitment"], 0))

    def _unknown(self, row: Row) -> DataFileError:
        if row["cycle"] not in self._cycles:
            return row.fault("cycle", _("is no cycle."))
        if self._stakeholders.find(row["stakeholder"]) is None:
            return row.fault("stakeholder", _("is not in the registry of stakeholders."))
        if row["commitment"] not in self._commitments:
            return row.fault("commitment", _("is not in the catalogue."))
        return row.fault("commitment", _("is not asked of this stakeholder in this cycle."))

    def _judge(self, row: Row, assignment: Assignment, seen: UpdateVersion | None) -> Judged:
        content = Content(**{name: row[name] for name in UpdateVersion.CONTENT})  # type: ignore[typeddict-item] # the names are Content's
        before = values_of_update(seen) if seen else None
        is_same = seen is not None and seen.content == content
        hands_in = row["state"] == UpdateState.SUBMITTED
        if before is not None and is_same and not (hands_in and before["state"] == UpdateState.DRAFT):
            return Judged(row, before, before, None)
        if self.author is None:
            return self._judge_source(row, assignment, before, content)
        update = self._require_may(row, assignment)
        version = sound_version(self.author, self.at, content)
        verb = self._verb_of(assignment) if hands_in else None
        if hands_in:
            version.clean_for_submission()
        number = update.version if update and is_same else (update.version if update else 0) + 1
        state = STATES_AFTER[verb] if verb else UpdateState.DRAFT
        after = {**row.values, "stakeholder": assignment.stakeholder.code, "state": state, "version": str(number)}
        return Judged(row, before, after, Wanted(assignment, None if is_same else version, verb, content))

    def _judge_source(self, row: Row, assignment: Assignment, before: Values | None, content: Content) -> Judged:
        """Whoever runs the service writes for nobody, but enters what was said in public, with its source."""
        if row["state"] != UpdateState.PUBLISHED:
            raise row.fault("state", _("needs an author. Say as whom it comes in."))
        if not row["sources"]:
            raise row.fault("sources", _("must name where this was published."))
        number = int(before["version"]) + 1 if before else 1
        after = {**row.values, "stakeholder": assignment.stakeholder.code, "version": str(number)}
        return Judged(row, before, after, Wanted(assignment, None, None, content))

    def _require_may(self, row: Row, assignment: Assignment) -> Update | None:
        """The update as it stands, if there is one. Raises DataFileError for what a typed one would be refused for."""
        assert self.author is not None
        who = assignment.stakeholder_id
        if who not in self._may_write:
            self._may_write[who] = policies.may_write_update(self.author, assignment, at=self.at)
        if not self._may_write[who]:
            raise row.fault("stakeholder", _("is none of those you write for."))
        if row["state"] not in (UpdateState.DRAFT, UpdateState.SUBMITTED):
            raise row.fault("state", _("an import makes drafts and submitted updates only."))
        if reason := self._closed_reason(assignment.cycle):
            raise row.fault("cycle", reason)
        update: Update | None = getattr(assignment, "update", None)
        if update and int(row["version"] or 0) != update.version:
            raise row.fault("version", _("version %(n)s was saved meanwhile.") % {"n": update.version})
        if update and update.state not in EDITABLE:
            raise row.fault("state", str(out_of_state(update)))
        return update

    def _closed_reason(self, cycle: Cycle) -> str:
        if cycle.pk not in self._closed:
            self._closed[cycle.pk] = ""
            try:
                require_open(cycle, self.at)
            except ValidationError as error:
                self._closed[cycle.pk] = " ".join(error.messages)
        return self._closed[cycle.pk]

    def _verb_of(self, assignment: Assignment) -> Verb:
        assert self.author is not None
        if assignment.stakeholder_id not in self._verbs:
            self._verbs[assignment.stakeholder_id] = handing_in(self.author, assignment, self.at)
        return self._verbs[assignment.stakeholder_id]

    def _take(self, one: Wanted) -> tuple[Update, UpdateVersion | None, Transition | None]:
        update = getattr(one.assignment, "update", None) or Update(assignment=one.assignment)
        if one.version:
            update.version, update.state, update.changed_at = update.version + 1, UpdateState.DRAFT, self.at
            one.version.update, one.version.number = update, update.version
        taken = None
        if one.verb:
            taken = step(update, one.verb, actor=self.author, based_on=update.version, at=self.at)
            if one.version:
                one.version.submitted_at = _submitted_at(taken)
        return update, one.version, taken

    def _lines(self, steps: Sequence[tuple[Update, UpdateVersion | None, Transition | None]]) -> Iterator[diary.Line]:
        for _update, version, taken in steps:
            if version:
                yield line_of_saving(version)
            if taken:
                yield line_of(taken)


def _submitted_at(taken: Transition) -> datetime | None:
    return taken.at if taken.verb == Verb.SUBMIT else None
