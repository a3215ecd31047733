"""The back of the report: who has not reported, and how everything was counted."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.figures import SILENT
from reports.rendering import words
from reports.rendering.document import NOTHING, Annex, Cell, Part, Table
from reports.rendering.frame import Frame
from stakeholders.dates import long_date
from stakeholders.models import StakeholderKind


def silence(frame: Frame) -> Annex:
    """One table a kind of stakeholder: the codes of what was expected and not received, and the invitations."""
    silent = _silent_assignments(frame)
    days = {a["asked_on"] for assignments in silent.values() for a in assignments}
    tables = []
    for kind in StakeholderKind.values:
        members = [code for code in sorted(silent, key=frame.order.__getitem__) if _kind(frame, code) == kind]
        if members:
            tables.append(_silence_table(frame, kind, {code: silent[code] for code in members}, len(days) > 1))
    return Annex(_("No information received"), _silence_intro(frame, days), tables)


def _silence_intro(frame: Frame, days: set[str]) -> list[str]:
    if not days:
        return [_("Every stakeholder that was asked has published an update on everything it was asked about.")]
    paragraphs = [
        _(
            "The stakeholders below were asked and nothing they may have sent has been published. The codes are those "
            "of the commitments on which an answer was expected from them; invitations to contribute to collective "
            "commitments are only counted."
        )
    ]
    if len(days) == 1:
        day = long_date(date.fromisoformat(next(iter(days))), frame.language)
        paragraphs.append(_("All of them were asked on %(day)s.") % {"day": day})
    return paragraphs


def _kind(frame: Frame, code: str) -> str:
    return str(frame.stakeholders[code]["kind"])


def _silent_assignments(frame: Frame) -> dict[str, list[dict[str, Any]]]:
    """By stakeholder, in the order of the commitments."""
    silent: dict[str, list[dict[str, Any]]] = {}
    for commitment in frame.snapshot["commitments"]:
        for assignment in frame.assignments[commitment["uid"]]:
            if not assignment["update"]:
                coded = {**assignment, "code": commitment["code"]}
                silent.setdefault(assignment["stakeholder"], []).append(coded)
    return silent


def _silence_table(frame: Frame, kind: str, silent: dict[str, list[dict[str, Any]]], with_dates: bool) -> Table:
    """The day of asking has a column only where it differs; else the introduction says it once."""
    rows = []
    for code, assignments in silent.items():
        name = frame.names[code]
        if frame.stakeholders[code]["demonstration"]:
            name = _("%(name)s (demonstration)") % {"name": name}
        expected = [a["code"] for a in assignments if a["kind"] == "expected"]
        invited = len(assignments) - len(expected)
        silent_here = {"stakeholder": code, "kind": "invited", "status": SILENT}
        uncontributed = frame.figure(invited, **silent_here) if invited else Cell(NOTHING, is_figure=True)
        row = [Cell(name), Cell(words.listed(expected, frame.language) or NOTHING), uncontributed]
        if with_dates:
            row.append(Cell(long_date(date.fromisoformat(assignments[0]["asked_on"]), frame.language)))
        rows.append(row)
    columns = [
        pgettext("column", "Stakeholder"),
        _("Answers expected and not received"),
        _("Invitations without a contribution"),
    ]
    return Table(
        caption=words.kind_label(kind),
        columns=[*columns, *([_("Asked on")] if with_dates else [])],
        rows=rows,
        numeric=[False, False, True] + [False] * with_dates,
        widths=[2.3, 3.0, 1.2] + [1.4] * with_dates,
    )


def method(frame: Frame) -> Part:
    """The method note, which ends with what identifies the data and the program."""
    snapshot = frame.snapshot
    paragraphs = [
        snapshot["declaration"]["note"].get(frame.language, ""),
        _(
            "When the cycle opened, each stakeholder was asked about the commitments of its kind of owner as it was on "
            "that day. An answer is expected where a commitment has an owner of its own; on a collective commitment "
            "everyone is invited. The two are counted apart. Coverage is the number of published answers divided by "
            "the number expected."
        ),
        _(
            "Only updates that were public at the moment named on the title page are in this report. Statuses are "
            "those the stakeholders gave themselves; the Secretariat has not assessed them."
        ),
        _(
            "The line under the name of each stakeholder leads to exactly the version quoted here, and each figure to "
            "the list of what it counts."
        ),
        _untranslated(frame),
    ]
    if snapshot["cycle"]["scope"] == "secretariat":
        paragraphs.append(
            _(
                "This cycle restates what the Secretariat had said in public before any stakeholder was asked to "
                "report here. Nobody else was asked."
            )
        )
    if snapshot["demonstration"]:
        paragraphs.append(
            _(
                "This report comes from a demonstration. Stakeholders marked as demonstration are invented, with "
                "everything they say, and no State or organization has been asked to report to it."
            )
        )
    paragraphs.append(
        _("Fingerprint of the data (SHA-256): %(fingerprint)s. Made with version %(version)s of the program.")
        % {"fingerprint": frame.fingerprint, "version": snapshot["software_version"]}
    )
    return Part(_("Note on method"), [paragraph for paragraph in paragraphs if paragraph])


def provenance(frame: Frame) -> Table:
    """What the rows of the working breakdown rest on."""
    counts = Counter(commitment["provenance"] for commitment in frame.snapshot["commitments"])
    keys = [key for key, _n in counts.most_common()]
    return Table(
        caption=_("What the commitments of this report rest on"),
        columns=[_("Rests on"), _("Commitments")],
        rows=[[Cell(words.provenance_label(key)), Cell(frame.number(counts[key]), is_figure=True)] for key in keys],
        numeric=[False, True],
        widths=[4, 1],
    )


def _untranslated(frame: Frame) -> str:
    """How many texts this language lacks, and how many no translator has signed."""
    updates = [a["update"] for a in frame.snapshot["assignments"] if a["update"]]
    own = frame.language
    missing = sum(u["language"] != own and own not in u["translations"] for u in updates)
    unsigned = sum(u["translations"].get(own, {}).get("state") in ("draft", "machine") for u in updates)
    return words.joined([_missing(frame, missing), *([_unsigned(frame, unsigned)] if unsigned else [])], own)


def _missing(frame: Frame, missing: int) -> str:
    if not missing:
        return _("Every update of this report stands in its language.")
    return ngettext(
        "%(n)s update has not been translated into the language of this report and is shown in its original.",
        "%(n)s updates have not been translated into the language of this report and are shown in their original.",
        missing,
    ) % {"n": frame.number(missing)}


def _unsigned(frame: Frame, unsigned: int) -> str:
    return ngettext(
        "%(n)s translation has not been signed by a translator.",
        "%(n)s translations have not been signed by a translator.",
        unsigned,
    ) % {"n": frame.number(unsigned)}
