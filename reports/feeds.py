"""Atom feeds of what is published: of everything, of an area, of a commitment, of a stakeholder, in each language."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from progress.models import Cycle, UpdateVersion
from reports import queries
from stakeholders.context import absolute
from stakeholders.languages import Language
from stakeholders.text import isolated

ENTRIES = 30
CYCLES = 8
BEGINNING = datetime(2018, 9, 25, tzinfo=UTC)


class Feed(Atom1Feed):
    """An Atom feed whose entries say which language their words are in."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["words"], {"type": "text", "xml:lang": item["words_language"]})


def feed_of(versions: Iterable[UpdateVersion], *, title: str, page: str, address: str, language: Language) -> Feed:
    """The newest of these versions. Each entry's id is for ever that of its version, whatever the language."""
    entries = queries.shown(versions, language.code)
    host = settings.SITE_ADDRESS.split("://", 1)[-1]
    feed = Feed(
        title=title,
        link=page,
        description="",
        language=language.html_lang,
        feed_url=address,
        subtitle=_("Published updates on the Declaration of Shared Commitments on UN Peacekeeping Operations."),
    )
    for entry in entries:
        version = entry.version
        moment = version.published_at or BEGINNING
        feed.add_item(
            title=_("%(stakeholder)s, %(code)s %(commitment)s: %(status)s")
            % {
                "stakeholder": isolated(entry.stakeholder.name),
                "code": entry.commitment.code,
                "commitment": entry.commitment.title,
                "status": version.get_status_display(),
            },
            link=absolute("version", version.pk),
            description="",
            author_name=entry.stakeholder.name,
            pubdate=moment,
            updateddate=moment,
            unique_id=f"tag:{host},2018:version/{version.pk}",
            categories=[str(entry.cycle)],
            words="\n\n".join(f"{heading}\n{text}" for heading, text in entry.text.parts),
            words_language=entry.text.language.html_lang,
        )
    return feed


def newest(**within: Any) -> Iterable[UpdateVersion]:
    """The newest public versions of assignments that are like this, of the last two years where `within` says which.

    All of them stand in one index already; of one stakeholder every cycle would have to be read to find the newest.
    """
    found = UpdateVersion.objects.published().filter(**{f"update__assignment__{k}": v for k, v in within.items()})
    if within:
        found = found.filter(update__assignment__cycle__in=Cycle.objects.begun().newest_first().values("pk")[:CYCLES])
    return found.with_everything().prefetch_related("translations").order_by("-published_at", "-pk")[:ENTRIES]
