from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from commitments.models import Declaration
from commitments.serializers.catalogue import DeclarationShape
from stakeholders.api.access import Everyone
from stakeholders.api.base import ListView, RecordView
from stakeholders.guards import find_or_refuse


class Declarations(ListView):
    shape = DeclarationShape
    operation = "declarations_list"
    summary = _("The editions of the Declaration; one is current")
    permission_classes = [Everyone]

    def rows(self) -> QuerySet[Declaration]:
        return Declaration.objects.all()


class OneDeclaration(RecordView):
    shape = DeclarationShape
    operation = "declarations_read"
    summary = _("One edition of the Declaration")
    permission_classes = [Everyone]

    def record(self) -> Declaration:
        return find_or_refuse(Declaration.objects.all(), code=self.kwargs["code"])
