"""In which of the six languages an answer is given, and how it says so."""

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from stakeholders.languages import CODES, Language, get_language

OTHERWISE = "en"


def chosen(request: HttpRequest) -> Language:
    """What Accept-Language likes best among the six; English where it likes none of them. Cookies have no say."""
    for wanted, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", "").lower()[:500]):
        if wanted == "*":
            break
        try:
            code = get_supported_language_variant(wanted)
        except LookupError:
            continue
        if code in CODES:
            return get_language(code)
    return get_language(OTHERWISE)


def say_so(response: HttpResponseBase, language: Language) -> None:
    response.headers["Content-Language"] = language.html_lang
    patch_vary_headers(response, ("Accept-Language", "Authorization", "Cookie"))
