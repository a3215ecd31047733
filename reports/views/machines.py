"""What search engines ask for first."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemaps
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.sitemaps import SECTIONS
from stakeholders.languages import LANGUAGES

# Beginnings of addresses that lead to work or change with every visit; what comes after the language.
NOT_FOR_ENGINES = [
    "desk/",
    "review/",
    "team/",
    "people/",
    "account/",
    "login/",
    "password/",
    "invitations/",
    "reading/",
    "search/",
]


@login_not_required
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    closed = [f"Disallow: /{one.code}/{path}" for one in LANGUAGES for path in NOT_FOR_ENGINES]
    lines = ["User-agent: *", *closed, "Disallow: /admin/", f"Sitemap: {settings.SITE_ADDRESS}{reverse('sitemap')}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap_index(request: HttpRequest) -> HttpResponse:
    """The sections, each in a file of its own."""
    places = [f"{settings.SITE_ADDRESS}{reverse('sitemap_section', args=[name])}" for name in SECTIONS]
    inside = "".join(f"<sitemap><loc>{place}</loc></sitemap>" for place in places)
    content = f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</sitemapindex>'
    return HttpResponse(f'<?xml version="1.0" encoding="UTF-8"?>\n{content}', content_type="application/xml")


@login_not_required
@require_safe
def sitemap_section(request: HttpRequest, section: str) -> HttpResponse:
    return sitemaps.sitemap(request, sitemaps=SECTIONS, section=section)
