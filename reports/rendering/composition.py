"""Snapshot + language -> the report in that language, every word and number in its place."""

from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from reports.rendering import figures as counting
from reports.rendering import words
from reports.rendering.annexes import method, method_figures, silence_annex
from reports.rendering.charts import stacked_bars
from reports.rendering.document import Answer, Chapter, Chart, CommitmentSection, Part, ReportDocument, Table
from reports.rendering.figures import STATUSES, Figures, Snapshot
from stakeholders.collation import collation_key
from stakeholders.dates import long_date, long_moment, number, percent, quarter_name
from stakeholders.languages import get_language

FEW_NAMES = 12


def compose(snapshot: Snapshot, language: str, *, fingerprint: str) -> ReportDocument:
    """The whole report in one language. The same snapshot gives the same report whenever it is composed."""
    with translation.override(language):
        return Composer(snapshot, language, fingerprint).report()


class Composer:
    def __init__(self, snapshot: Snapshot, language: str, fingerprint: str) -> None:
        self.snapshot = snapshot
        self.language = language
        self.fingerprint = fingerprint
        self.own = get_language(language)
        self.stakeholders = {s["code"]: s for s in snapshot["stakeholders"]}
        self.assignments = counting.by_commitment(snapshot)
        self.total = counting.count(snapshot["assignments"])
        self.as_of = datetime.fromisoformat(snapshot["as_of"])

    def report(self) -> ReportDocument:
        cycle = self.snapshot["cycle"]
        return ReportDocument(
            language=self.language,
            html_lang=self.own.html_lang,
            direction=self.own.direction,
            title=_("Action for Peacekeeping: review of the shared commitments"),
            subtitle=quarter_name(cycle["year"], cycle["quarter"], self.language),
            as_of=_("As of %(moment)s") % {"moment": long_moment(self.as_of, self.language)},
            as_of_iso=self.snapshot["as_of"],
            demonstration=self._demonstration(),
            cover_notes=self._cover_notes(),
            labels=words.labels(),
            summary=self._summary(),
            figures=self._key_figures(),
            area_table=self._area_table(),
            chart=self._chart(),
            chapters=[self._chapter(area) for area in self.snapshot["areas"]],
            annex=silence_annex(self.snapshot, self.language),
            method=method(self.snapshot, self.language, self.fingerprint),
            method_figures=method_figures(self.snapshot, self.language),
        )

    def number(self, value: int) -> str:
        return number(value, self.language)

    def share(self, figures: Figures) -> str:
        return "—" if figures.share is None else percent(figures.share, self.language)

    def _demonstration(self) -> str:
        if not self.snapshot["demonstration"]:
            return ""
        return _("Demonstration: invented stakeholders, not a United Nations document")

    def _cover_notes(self) -> list[str]:
        notes = [
            self.snapshot["declaration"]["title"].get(self.language, ""),
            _("The 45 commitments of this report are a working breakdown of the Declaration, not an official list."),
        ]
        if self.snapshot["cycle"]["scope"] == "secretariat":
            notes.append(
                _("In this cycle only the Secretariat was asked; no State or organization was asked to report.")
            )
        return notes

    def _summary(self) -> Part:
        figures, reporting = self.total, len(self.total.stakeholders)
        told = ngettext(
            "%(n)s stakeholder has published at least one update in this cycle.",
            "%(n)s stakeholders have published at least one update in this cycle.",
            reporting,
        ) % {"n": self.number(reporting)}
        expected = _("Of %(expected)s expected answers, %(answered)s have been published (%(share)s).") % {
            "expected": self.number(figures.expected),
            "answered": self.number(figures.answered),
            "share": self.share(figures),
        }
        invited = _(
            "Beside these, %(invited)s invitations to contribute to collective commitments "
            "brought %(contributed)s published contributions."
        ) % {"invited": self.number(figures.invited), "contributed": self.number(figures.contributed)}
        silence = _(
            "Where nothing has been published, this report says that no information has been received. "
            "That is not a finding about what anybody has or has not done."
        )
        return Part(pgettext("report", "Summary"), [f"{told} {expected} {invited}", silence])

    def _key_figures(self) -> list[tuple[str, str]]:
        figures = self.total
        return [
            (_("Commitments"), self.number(len(self.snapshot["commitments"]))),
            (_("Answers expected"), self.number(figures.expected)),
            (_("Answers published"), self.number(figures.answered)),
            (_("Coverage"), self.share(figures)),
            (_("Contributions published"), self.number(figures.contributed)),
        ]

    def _area_figures(self) -> list[tuple[dict[str, Any], Figures]]:
        areas = []
        for area in self.snapshot["areas"]:
            uids = [c["uid"] for c in self.snapshot["commitments"] if c["area"] == area["uid"]]
            areas.append((area, counting.count(a for uid in uids for a in self.assignments[uid])))
        return areas

    def _area_table(self) -> Table:
        rows = [self._area_row(area["short_title"][self.language], figures) for area, figures in self._area_figures()]
        columns = [
            pgettext("column", "Area"),
            *(words.status_label(key) for key in STATUSES),
            _("Answered of expected"),
            _("Contributed of invited"),
        ]
        return Table(
            caption=_("Published updates by area and status"),
            columns=columns,
            rows=rows,
            numeric=[False] + [True] * (len(columns) - 1),
            foot=self._area_row(_("All areas"), self.total),
        )

    def _area_row(self, label: str, figures: Figures) -> list[str]:
        of = _("%(n)s of %(total)s")
        return [
            label,
            *(self.number(figures.statuses[key]) for key in STATUSES),
            of % {"n": self.number(figures.answered), "total": self.number(figures.expected)},
            of % {"n": self.number(figures.contributed), "total": self.number(figures.invited)},
        ]

    def _chart(self) -> Chart:
        areas = self._area_figures()
        bars = stacked_bars(
            [(area["short_title"][self.language], figures.statuses) for area, figures in areas],
            STATUSES,
            mirrored=self.own.direction == "rtl",
            write=self.number,
        )
        description = [
            _("%(area)s: %(n)s published updates")
            % {"area": area["short_title"][self.language], "n": self.number(figures.published)}
            for area, figures in areas
        ]
        return Chart(
            caption=_("Published updates by area, in the colours and patterns of their status"),
            description="; ".join(description),
            legend=[(key, words.status_label(key)) for key in STATUSES],
            bars=bars,
        )

    def _chapter(self, area: dict[str, Any]) -> Chapter:
        commitments = [c for c in self.snapshot["commitments"] if c["area"] == area["uid"]]
        figures = counting.count(a for c in commitments for a in self.assignments[c["uid"]])
        intro = _(
            "In this area %(answered)s of %(expected)s expected answers and %(contributed)s contributions to "
            "collective commitments have been published."
        ) % {
            "answered": self.number(figures.answered),
            "expected": self.number(figures.expected),
            "contributed": self.number(figures.contributed),
        }
        return Chapter(
            anchor=area["uid"],
            kicker=_("Area %(number)s") % {"number": self.number(area["number"])},
            short_title=area["short_title"][self.language],
            title=area["title"][self.language],
            intro=intro,
            commitments=[self._commitment(commitment) for commitment in commitments],
        )

    def _commitment(self, commitment: dict[str, Any]) -> CommitmentSection:
        assignments = self.assignments[commitment["uid"]]
        answered = [a for a in assignments if a["update"]]
        answered.sort(key=lambda a: collation_key(self._name(a["stakeholder"]), self.language))
        return CommitmentSection(
            code=commitment["code"],
            title=commitment["title"][self.language],
            statement=commitment["statement"][self.language],
            facts=self._facts(commitment, counting.count(assignments)),
            answers=[self._answer(a) for a in answered],
            silence=self._silence([a for a in assignments if not a["update"]]),
            url=f"{self.snapshot['site']}/{self.language}/commitments/{commitment['uid']}/",
        )

    def _facts(self, commitment: dict[str, Any], figures: Figures) -> list[tuple[str, str]]:
        facts = [(pgettext("owner", "Leads"), words.owner_label(commitment["lead"]))]
        if commitment["joint"]:
            joint = [words.owner_label(kind) for kind in commitment["joint"]]
            facts.append((pgettext("owner", "Together with"), words.listed(joint, self.language)))
        rests_on = _("%(provenance)s; %(paragraph)s") % {
            "provenance": words.provenance_label(commitment["provenance"]),
            "paragraph": words.paragraph_in_words(commitment["paragraph"]),
        }
        facts.append((_("Rests on"), rests_on))
        statuses = [
            _("%(status)s: %(n)s") % {"status": words.status_label(key), "n": self.number(figures.statuses[key])}
            for key in STATUSES
            if figures.statuses[key]
        ]
        if statuses:
            facts.append((_("Status as reported"), words.listed(statuses, self.language)))
        return facts

    def _name(self, code: str) -> str:
        name: str = self.stakeholders[code]["name"][self.language]
        return name

    def _answer(self, assignment: dict[str, Any]) -> Answer:
        update = assignment["update"]
        translated = update["translations"].get(self.language)
        shown = get_language(self.language if translated else update["language"])
        texts = translated or update
        headed = [
            (_("What was done"), texts["narrative"]),
            (_("Obstacles and support needed"), texts["obstacles"]),
            (_("Next steps"), texts["next_steps"]),
            (_("Evidence and sources"), texts["sources"]),
        ]
        published = datetime.fromisoformat(update["published_at"]).date()
        stakeholder = self.stakeholders[assignment["stakeholder"]]
        notes = [words.language_note(update, self.language)]
        if update["from_published_source"]:
            notes.append(_("Taken from a published source, in our own words."))
        return Answer(
            stakeholder=self._name(assignment["stakeholder"]),
            mark=pgettext("mark", "Demonstration") if stakeholder["demonstration"] else "",
            status=words.status_label(update["status"]),
            status_key=update["status"],
            note=" ".join(note for note in notes if note),
            lang=shown.html_lang,
            direction=shown.direction,
            parts=[Part(heading, text.split("\n")) for heading, text in headed if text],
            published=_("Published %(day)s, version %(number)s")
            % {"day": long_date(published, self.language), "number": self.number(update["number"])},
            url=f"{self.snapshot['site']}/{self.language}/versions/{update['version_id']}/",
        )

    def _silence(self, silent: list[dict[str, Any]]) -> str:
        if not silent:
            return ""
        if silent[0]["kind"] == "invited":
            return ngettext(
                "%(n)s invited stakeholder has not contributed.",
                "%(n)s invited stakeholders have not contributed.",
                len(silent),
            ) % {"n": self.number(len(silent))}
        names = [self._name(a["stakeholder"]) for a in silent]
        if len(names) <= FEW_NAMES:
            names.sort(key=lambda name: collation_key(name, self.language))
            return _("No information received from: %(names)s.") % {"names": words.listed(names, self.language)}
        return ngettext(
            "No information received from %(n)s stakeholder, named in the annex.",
            "No information received from %(n)s stakeholders, named in the annex.",
            len(names),
        ) % {"n": self.number(len(names))}
