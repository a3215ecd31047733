from django.db import migrations, models

from stakeholders.indexing import AddIndexAside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("reports", "0002_scopes_corrections_requests")]

    operations = [
        AddIndexAside(model_name="report", index=models.Index(fields=["-as_of"], name="report_newest")),
    ]
