import django.db.models.deletion
from django.db import migrations, models


def count_what_is_there(apps, schema_editor):
    """From the rows of every cycle: all that were asked, and what is public now by status."""
    tally, columns = apps.get_model("progress", "Tally"), ("cycle_id", "commitment_id", "kind")
    asked = apps.get_model("progress", "Assignment").objects.values_list(*columns).annotate(n=models.Count("pk"))
    public = apps.get_model("progress", "UpdateVersion").objects.filter(
        published_at__isnull=False, unpublished_at__isnull=True
    )
    within = [models.F(f"update__assignment__{column}") for column in columns]
    answered = public.values_list(*within, "status").annotate(n=models.Count("pk"))
    found = [(cycle, commitment, kind, "", n) for cycle, commitment, kind, n in asked.order_by()]
    found += list(answered.order_by())
    tally.objects.bulk_create(
        (
            tally(cycle_id=cycle, commitment_id=commitment, kind=kind, status=status, n=n)
            for cycle, commitment, kind, status, n in found
        ),
        batch_size=1_000,
    )


class Migration(migrations.Migration):

    dependencies = [
        ('commitments', '0001_initial'),
        ('progress', '0006_reminders'),
    ]

    operations = [
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('expected', 'Expected'), ('invited', 'Invited')], max_length=10, verbose_name='kind')),
                ('status', models.CharField(blank=True, choices=[('not_started', 'Not started'), ('in_progress', 'In progress'), ('completed', 'Completed'), ('ongoing', 'Ongoing'), ('nothing_new', 'Nothing new to report'), ('not_applicable', 'Not applicable')], max_length=20, verbose_name='status')),
                ('n', models.PositiveIntegerField(default=0, verbose_name='how many')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.commitment', verbose_name='commitment')),
                ('cycle', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tallies', to='progress.cycle', verbose_name='cycle')),
            ],
            options={
                'verbose_name': 'tally',
                'verbose_name_plural': 'tallies',
                'constraints': [models.UniqueConstraint(fields=('cycle', 'commitment', 'kind', 'status'), name='tally_once')],
            },
        ),
        migrations.RunPython(count_what_is_there, migrations.RunPython.noop),
    ]
