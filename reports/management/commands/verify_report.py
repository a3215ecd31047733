from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.actions import verify_document
from reports.failures import plain_reason
from reports.models import Report
from reports.rendering.failures import RenderFailed


class Command(BaseCommand):
    help = "Make a report's files again from its frozen data and compare them, and the stored ones, with the manifest."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("report", help="the id in the report's address")

    def handle(self, *args: Any, report: str, **options: Any) -> None:
        found = Report.objects.filter(pk=report).first()
        if found is None:
            raise CommandError(f"There is no report {report}.")
        faults = 0
        for document in found.documents.ready().order_by("language", "format"):
            try:
                findings = verify_document(document)
            except RenderFailed as error:
                findings = [f"cannot be made again: {plain_reason(error.code)}"]
            faults += len(findings)
            self.stdout.write(f"{document.download_name}: {'; '.join(findings) or 'the same'}")
        if faults:
            raise CommandError(f"{faults} differences. Another version of the program may lay a file out differently.")
