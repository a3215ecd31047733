"""The log-ins of the demonstration. They exist only where `manage.py seed_demo` was run, never in production."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

PASSWORD = "peace-2018-demo"  # noqa: S105 - printed on the log-in page of every demonstration


@dataclass(frozen=True)
class DemoAccount:
    email: str
    name: str
    language: str
    role_label: Promise
    stakeholder: str = ""
    role: str = ""
    password: str = PASSWORD


ACCOUNTS = (
    DemoAccount("officer@demo.example", "Dana Demo", "en", _("Secretariat officer")),
    DemoAccount("publisher@demo.example", "Omar Demo", "ar", _("Second Secretariat officer")),
    DemoAccount(
        "department@demo.example",
        "Chen Demo",
        "zh-hans",
        _("Focal point of the demonstration Secretariat department"),
        "demo-department",
        "author",
    ),
    DemoAccount(
        "alpha@demo.example",
        "Alice Demo",
        "fr",
        _("Focal point of Demonstration State Alpha"),
        "demo-alpha",
        "author",
    ),
    DemoAccount(
        "alpha.reader@demo.example",
        "Bob Demo",
        "fr",
        _("Reader in Demonstration State Alpha"),
        "demo-alpha",
        "reader",
    ),
    DemoAccount(
        "gamma@demo.example",
        "Ghada Demo",
        "ar",
        _("Focal point of Demonstration State Gamma"),
        "demo-gamma",
        "author",
    ),
)


def accounts() -> list[DemoAccount]:
    return list(ACCOUNTS)
