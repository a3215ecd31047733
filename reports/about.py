"""What a public page is about, told to machines: title, description, schema.org facts, feed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from commitments.models import Area, Commitment
from progress.models import Cycle
from reports.datasets import DATASETS, address_of
from reports.queries import PublishedUpdate
from stakeholders.context import absolute, current_language
from stakeholders.models import Stakeholder, StakeholderKind

SCHEMA = "https://schema.org"
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
LONGEST = 300


@dataclass(frozen=True)
class About:
    """`facts` are schema.org properties beside name, description, address and language; `feed` an Atom address."""

    title: str
    description: str
    address: str
    kind: str = "WebPage"
    facts: Mapping[str, Any] = field(default_factory=dict)
    feed: str = ""

    @property
    def summary(self) -> str:
        return self.description if len(self.description) <= LONGEST else f"{self.description[: LONGEST - 1]}…"

    @property
    def json_ld(self) -> SafeString:
        """Its facts as JSON-LD, safe between script tags."""
        told = {
            "@context": SCHEMA,
            "@type": self.kind,
            "name": self.title,
            "description": self.summary,
            "url": self.address,
            "inLanguage": current_language().html_lang,
            **self.facts,
        }
        return mark_safe(json.dumps(told, ensure_ascii=False).translate(ESCAPES))  # noqa: S308 - <, > and & are escaped


def _download(name: str, **filters: str) -> list[dict[str, str]]:
    """A table of ours as schema.org distributions."""
    kinds = (("csv", "text/csv"), ("json", "application/json"))
    return [
        {
            "@type": "DataDownload",
            "name": str(DATASETS[name].title),
            "encodingFormat": kind,
            "contentUrl": f"{settings.SITE_ADDRESS}{address_of(name, format, filters)}",
        }
        for format, kind in kinds
    ]


def the_whole() -> About:
    return About(
        title=_("What was promised for peacekeeping, and what is being done"),
        description=_(
            "Who promised what for United Nations peacekeeping, and what has been done about it, quarter by quarter, "
            "in six languages."
        ),
        address=absolute("home"),
        kind="Dataset",
        facts={
            "isAccessibleForFree": True,
            "distribution": [*_download("commitments"), *_download("cycles"), *_download("stakeholders")],
        },
        feed=reverse("home_feed"),
    )


def of_cycle(cycle: Cycle) -> About:
    return About(
        title=str(cycle),
        description=_("What was published in the review cycle %(cycle)s, by area and commitment.") % {"cycle": cycle},
        address=absolute("cycle", cycle.key),
        kind="Dataset",
        facts={
            "temporalCoverage": f"{cycle.opens_on.isoformat()}/{cycle.due_on.isoformat()}",
            "distribution": _download("commitments", cycle=cycle.key),
        },
        feed=reverse("home_feed"),
    )


def of_area(area: Area) -> About:
    return About(
        title=area.short_title,
        description=area.title,
        address=absolute("area", area.uid),
        kind="Dataset",
        facts={"identifier": area.uid, "distribution": _download("commitments", area=area.uid)},
        feed=reverse("area_feed", args=[area.uid]),
    )


def of_commitments() -> About:
    return About(
        title=pgettext("page", "Commitments"),
        description=_("Everything the Declaration promises, with those who own it and how much has been answered."),
        address=absolute("commitments"),
        kind="Dataset",
        facts={"distribution": _download("commitments")},
        feed=reverse("home_feed"),
    )


def of_commitment(commitment: Commitment) -> About:
    return About(
        title=f"{commitment.code} {commitment.title}",
        description=commitment.statement,
        address=absolute("commitment", commitment.uid),
        kind="Dataset",
        facts={"identifier": commitment.uid, "distribution": _download("updates", commitment=commitment.uid)},
        feed=reverse("commitment_feed", args=[commitment.uid]),
    )


def of_history(commitment: Commitment) -> About:
    return About(
        title=f"{commitment.code} {commitment.title}: {pgettext('page', 'History')}",
        description=_("Every text that ever came before the public on this commitment, the newest first."),
        address=absolute("commitment_history", commitment.uid),
        feed=reverse("commitment_feed", args=[commitment.uid]),
    )


def of_register() -> About:
    return About(
        title=pgettext("page", "Stakeholders"),
        description=_(
            "Everyone who may owe an account: Member States, organizations, the Secretariat and the missions."
        ),
        address=absolute("stakeholders"),
        kind="Dataset",
        facts={"distribution": _download("stakeholders")},
    )


def of_stakeholder(stakeholder: Stakeholder) -> About:
    is_state = stakeholder.kind == StakeholderKind.MEMBER_STATE
    party = {"@type": "Country" if is_state else "Organization", "name": stakeholder.name}
    return About(
        title=stakeholder.name,
        description=_("What %(stakeholder)s owes under the Declaration of Shared Commitments, and what it has said.")
        % {"stakeholder": stakeholder.name},
        address=absolute("stakeholder", stakeholder.code),
        kind="Dataset",
        facts={"about": party, "distribution": _download("updates", stakeholder=stakeholder.code)},
        feed=reverse("stakeholder_feed", args=[stakeholder.code]),
    )


def of_update(shown: PublishedUpdate) -> About:
    version = shown.version
    published = version.published_at.isoformat() if version.published_at else ""
    return About(
        title=f"{shown.commitment.code} · {shown.stakeholder.name} · {shown.cycle}",
        description=shown.text.narrative.replace("\n", " ") or str(version.get_status_display()),
        address=absolute("version", version.pk),
        kind="Article",
        facts={
            "datePublished": published,
            "author": {"@type": "Organization", "name": shown.stakeholder.name},
            "about": {"@type": "CreativeWork", "name": shown.commitment.title},
        },
    )


def of_figure(meaning: list[str], path: str) -> About:
    return About(
        title=_("What this figure counts"),
        description=" · ".join(meaning) or _("What this figure counts"),
        address=f"{settings.SITE_ADDRESS}{path}",
    )


def of_method() -> About:
    return About(
        title=_("How to read these pages"),
        description=_("How the list of commitments was made, who is asked, and what the figures count."),
        address=absolute("method"),
    )


def of_reference() -> About:
    return About(
        title=_("For developers"),
        description=_("How programs read what is published, and write for those who may: the API and its description."),
        address=absolute("reference"),
    )


def of_reference_part(part: str) -> About:
    return About(
        title=_("For developers: %(part)s") % {"part": part},
        description=_("The operations of the API whose addresses begin with %(part)s.") % {"part": part},
        address=absolute("reference_part", part),
    )


def of_library() -> About:
    return About(
        title=_("Review reports"),
        description=_("Each review is one report in six languages and five formats, made from the same frozen data."),
        address=absolute("report_library"),
        kind="CollectionPage",
    )
