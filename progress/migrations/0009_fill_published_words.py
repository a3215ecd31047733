from django.db import migrations

from progress.search import place_of, words_for

BATCH = 500


def fill(apps, schema_editor):
    """The words of what is published already."""
    UpdateVersion = apps.get_model("progress", "UpdateVersion")
    PublishedWords = apps.get_model("progress", "PublishedWords")
    published = (
        UpdateVersion.objects.filter(published_at__isnull=False, unpublished_at__isnull=True)
        .select_related("update__assignment")
        .prefetch_related("translations")
        .order_by("published_at", "pk")
    )
    rows = []
    for version in published.iterator(chunk_size=BATCH):
        words = words_for(version, version.translations.all())
        rows.append(PublishedWords(place=place_of(version), version=version, words=words))
        if len(rows) == BATCH:
            PublishedWords.objects.bulk_create(rows)
            rows = []
    PublishedWords.objects.bulk_create(rows)


class Migration(migrations.Migration):

    dependencies = [
        ("progress", "0008_published_words"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
