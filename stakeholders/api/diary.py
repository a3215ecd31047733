from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from stakeholders import policies
from stakeholders.api import parameters
from stakeholders.api.access import hidden_unless
from stakeholders.api.base import ListView
from stakeholders.models import DiaryEntry
from stakeholders.serializers.register import DiaryShape


class Diary(ListView):
    shape = DiaryShape
    operation = "diary_list"
    summary = _("The diary, the newest line first")
    permission_classes = [hidden_unless(policies.may_read_diary)]
    parameters = {
        "verb": parameters.text(_("What was done, as `update.publish`.")),
        "subject_type": parameters.text(_("Kind of record, as `progress.update`.")),
        "subject_id": parameters.text(_("Key of the record.")),
        "actor": parameters.whole(_("Key of a person.")),
        "door": parameters.choice(_("Door of the deed."), ("admin", "api", "browser", "clock", "command")),
    }
    order = ("-number",)

    def rows(self) -> QuerySet[DiaryEntry]:
        columns = {"actor": "actor_id"}
        chosen = {columns.get(name, name): self.asked[name] for name in self.parameters if name in self.asked}
        return DiaryEntry.objects.filter(**chosen)
