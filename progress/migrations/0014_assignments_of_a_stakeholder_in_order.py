from django.db import migrations, models

from stakeholders.indexing import AddIndexAside


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("progress", "0013_assignments_of_a_cycle_in_order")]

    operations = [
        AddIndexAside(
            model_name="assignment",
            index=models.Index(fields=["stakeholder", "id"], name="assignment_stakeholder_order"),
        ),
    ]
