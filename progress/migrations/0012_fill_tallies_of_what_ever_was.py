from django.db import migrations
from django.db.models import Count, F, Max

COLUMNS = ("cycle_id", "commitment_id", "kind")


def fill(apps, schema_editor):
    """From every version that was ever public. What the release before publishes meanwhile, `verify_tallies` repairs."""
    Tally, Version = apps.get_model("progress", "Tally"), apps.get_model("progress", "UpdateVersion")
    for cycle in apps.get_model("progress", "Cycle").objects.order_by("pk"):
        within = [F(f"update__assignment__{column}") for column in COLUMNS]
        public = Version.objects.filter(published_at__isnull=False, update__assignment__cycle=cycle)
        moved = public.values_list(*within, "status").annotate(
            ever=Count("pk"), came=Max("published_at"), went=Max("unpublished_at")
        )
        known = {(t.cycle_id, t.commitment_id, t.kind, t.status): t for t in Tally.objects.filter(cycle=cycle)}
        changed, missing = [], []
        for cycle_id, commitment, kind, status, ever, came, went in moved.order_by():
            key = (cycle_id, commitment, kind, status)
            tally = known.get(key) or Tally(**dict(zip((*COLUMNS, "status"), key)), n=0)
            tally.ever, tally.changed_at = ever, max(came, went) if went else came
            (changed if key in known else missing).append(tally)
        Tally.objects.bulk_update(changed, ["ever", "changed_at"], batch_size=500)
        Tally.objects.bulk_create(missing, batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('progress', '0011_tallies_of_what_ever_was'),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
