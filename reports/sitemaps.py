"""Every public page that has an address of its own, in the six languages, for search engines."""

from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from commitments.models import Area, Commitment
from progress.models import Cycle, UpdateVersion
from reports.models import Report
from stakeholders.models import Stakeholder


class Public(Sitemap[Any]):
    """Six addresses a page, each naming the other five."""

    i18n = True
    alternates = True
    protocol = urlsplit(settings.SITE_ADDRESS).scheme

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_ADDRESS).netloc


class Pages(Public):
    def items(self) -> list[str]:
        return ["home", "commitments", "stakeholders", "report_library", "method", "reference"]

    def location(self, item: str) -> str:
        return reverse(item)


class Records(Public):
    """Pages of one record each: `route` by the record's `key`."""

    route = ""
    key = "uid"

    def location(self, item: Any) -> str:
        return reverse(self.route, args=[getattr(item, self.key)])


class Areas(Records):
    route = "area"

    def items(self) -> QuerySet[Area]:
        return Area.objects.all()


class Commitments(Records):
    route = "commitment"

    def items(self) -> QuerySet[Commitment]:
        latest = UpdateVersion.objects.published().values_list("update__assignment__commitment").order_by()
        self.changed = dict(latest.annotate(at=Max("published_at")))
        return Commitment.objects.order_by("area", "position")

    def lastmod(self, item: Commitment) -> datetime | None:
        return self.changed.get(item.pk)


class Stakeholders(Records):
    route, key = "stakeholder", "code"

    def items(self) -> QuerySet[Stakeholder]:
        return Stakeholder.objects.all()


class Cycles(Records):
    route, key = "cycle", "key"

    def items(self) -> QuerySet[Cycle]:
        return Cycle.objects.begun().newest_first()


class Reports(Records):
    route, key = "report", "pk"

    def items(self) -> QuerySet[Report]:
        return Report.objects.all()


SECTIONS: dict[str, type[Sitemap[Any]] | Sitemap[Any]] = {
    "pages": Pages,
    "areas": Areas,
    "commitments": Commitments,
    "stakeholders": Stakeholders,
    "cycles": Cycles,
    "reports": Reports,
}
