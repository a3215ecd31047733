"""The back of the report: who has not reported, and how everything was counted."""

from collections import Counter
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.rendering import words
from reports.rendering.document import Annex, Part, Table
from reports.rendering.figures import Snapshot
from stakeholders.collation import collation_key
from stakeholders.dates import long_date, number
from stakeholders.models import StakeholderKind


def silence_annex(snapshot: Snapshot, language: str) -> Annex:
    """One table a kind of stakeholder: the codes of what was expected and not received, and the invitations."""
    silent = _silent_assignments(snapshot)
    tables = []
    for kind in StakeholderKind.values:
        members = [s for s in snapshot["stakeholders"] if s["kind"] == kind and s["code"] in silent]
        if members:
            members.sort(key=lambda s: collation_key(s["name"][language], language))
            tables.append(_silence_table(kind, members, silent, language))
    intro = _(
        "The stakeholders below were asked and nothing they may have sent has been published. The codes are those of "
        "the commitments on which an answer was expected from them; invitations to contribute to collective "
        "commitments are only counted."
    )
    if not tables:
        intro = _("Every stakeholder that was asked has published an update on everything it was asked about.")
    return Annex(_("No information received"), intro, tables)


def _silent_assignments(snapshot: Snapshot) -> dict[str, list[dict[str, Any]]]:
    codes = {commitment["uid"]: commitment["code"] for commitment in snapshot["commitments"]}
    silent: dict[str, list[dict[str, Any]]] = {}
    for assignment in snapshot["assignments"]:
        if not assignment["update"]:
            coded = {**assignment, "code": codes[assignment["commitment"]]}
            silent.setdefault(assignment["stakeholder"], []).append(coded)
    return silent


def _silence_table(
    kind: str, members: list[dict[str, Any]], silent: dict[str, list[dict[str, Any]]], language: str
) -> Table:
    rows = []
    for member in members:
        assignments = silent[member["code"]]
        expected = [a["code"] for a in assignments if a["kind"] == "expected"]
        invited = len(assignments) - len(expected)
        asked_on = date.fromisoformat(assignments[0]["asked_on"])
        name = member["name"][language]
        if member["demonstration"]:
            name = _("%(name)s (demonstration)") % {"name": name}
        rows.append(
            [
                name,
                words.listed(expected, language) or "—",
                number(invited, language),
                long_date(asked_on, language),
            ]
        )
    return Table(
        caption=words.kind_label(kind),
        columns=[
            pgettext("column", "Stakeholder"),
            _("Answers expected and not received"),
            _("Invitations without a contribution"),
            _("Asked on"),
        ],
        rows=rows,
        numeric=[False, False, True, False],
    )


def method(snapshot: Snapshot, language: str, fingerprint: str) -> Part:
    """The method note, which ends with what identifies the data and the program."""
    paragraphs = [
        snapshot["declaration"]["note"].get(language, ""),
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
        _untranslated(snapshot, language),
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
        % {"fingerprint": fingerprint, "version": snapshot["software_version"]}
    )
    return Part(_("Note on method"), [paragraph for paragraph in paragraphs if paragraph])


def method_figures(snapshot: Snapshot, language: str) -> list[tuple[str, str]]:
    """(what a row rests on, how many rows), for the table in the method note."""
    counts = Counter(commitment["provenance"] for commitment in snapshot["commitments"])
    return [(words.provenance_label(key), number(n, language)) for key, n in counts.most_common()]


def _untranslated(snapshot: Snapshot, language: str) -> str:
    updates = [a["update"] for a in snapshot["assignments"] if a["update"]]
    missing = sum(u["language"] != language and language not in u["translations"] for u in updates)
    unsigned = sum(u["translations"].get(language, {}).get("state") in ("draft", "machine") for u in updates)
    return " ".join(
        [
            ngettext(
                "%(n)s update has not been translated into the language of this report and is shown in its original.",
                "%(n)s updates have not been translated into the language of this report and are shown in their "
                "original.",
                missing,
            )
            % {"n": number(missing, language)},
            ngettext(
                "%(n)s translation has not been signed by a translator.",
                "%(n)s translations have not been signed by a translator.",
                unsigned,
            )
            % {"n": number(unsigned, language)},
        ]
    )
