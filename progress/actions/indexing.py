"""What search may find: kept with every publication, withdrawal and translation, in the same transaction."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction

from progress.models import PublishedWords, Update, UpdateVersion
from progress.models.version import UpdateVersionQuerySet
from progress.search import place_of, words_for

BATCH = 500


def index_update(update_id: int) -> None:
    """Make the index say what everyone may read of an update now, inside the caller's transaction.

    The lock makes publication and translation of one update wait for each other: the later one sees both.
    """
    Update.objects.select_for_update().get(pk=update_id)
    PublishedWords.objects.filter(version__update=update_id).delete()
    PublishedWords.objects.bulk_create(_rows(_published().filter(update=update_id)))


def rebuild_index() -> int:
    """Make the whole index again. Returns how many versions can be found."""
    with transaction.atomic():
        _keep_others_waiting()
        PublishedWords.objects.all().delete()
        made = 0
        for row_batch in _batches(_rows(_published().iterator(chunk_size=BATCH))):
            made += len(PublishedWords.objects.bulk_create(row_batch))
    return made


def _keep_others_waiting() -> None:
    """SQLite lets one write at a time; elsewhere a withdrawal meanwhile would not see the row it must remove."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE progress_publishedwords IN SHARE ROW EXCLUSIVE MODE")


def faults_of_index() -> Iterator[str]:
    """Where the index differs from what is published, one line each; nothing when it is right."""
    known = {version: place for place, version in PublishedWords.objects.values_list("place", "version_id")}
    for batch in _batches(_rows(_published().iterator(chunk_size=BATCH))):
        stored = PublishedWords.objects.in_bulk([row.version_id for row in batch], field_name="version_id")
        for row in batch:
            found = stored.get(row.version_id)
            known.pop(row.version_id, None)
            if found is None:
                yield f"version {row.version_id} is published and cannot be found"
            elif (found.place, found.words) != (row.place, row.words):
                yield f"version {row.version_id} is found by other words than its own"
    yield from (f"version {version_id} is not published and can be found" for version_id in sorted(known))


def _published() -> UpdateVersionQuerySet:
    return (
        UpdateVersion.objects.published()
        .select_related("update__assignment")
        .prefetch_related("translations")
        .order_by("published_at", "pk")
    )


def _rows(versions: Iterable[UpdateVersion]) -> Iterator[PublishedWords]:
    for version in versions:
        words = words_for(version, version.translations.all())
        yield PublishedWords(place=place_of(version), version=version, words=words)


def _batches(rows: Iterator[PublishedWords]) -> Iterator[list[PublishedWords]]:
    batch: list[PublishedWords] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
