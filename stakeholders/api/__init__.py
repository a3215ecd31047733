"""The API door: what every route of every room is made with.

How a route is made
1. `ROOM/serializers/THING.py`: a `Shape` lists the fields one by one. Texts are `Translated()` (six columns) or
   `Written()` (one language); `Address("api_thing", "pk")` links to another record.
2. `ROOM/api/THINGS.py`: a subclass of `ListView` (`rows()`, `order`) or `RecordView` (`record()`), with its `shape`, a
   `summary`, an `operation` (its id in the schema, which never changes) and the `parameters` of its address. What
   `rows` and `record` may find is what the reader may see: `find_or_refuse` turns the rest into “not found”.
3. Who may come: `permission_classes` is `[Everyone]`, `[SignedIn]` (the default) or `[OfficersOnly]` of
   `stakeholders.api.access`.
4. Writing: a subclass of `Deed` (`stakeholders.api.deeds`) that names what it `takes` and the `scope` of tokens; its
   method reads `self.read()`, calls one action and answers `self.shown(record, status=201)`. Nothing is caught:
   `handling.handle` turns PermissionDenied, ValidationError, Conflict, Stale and Http404 into problem details and has
   the diary note refusals.
5. A record with a version sets `version_of(record)`: its ETag begins with it, and `conditions.version_wanted(request)`
   reads it back from If-Match.
6. `a4p/api_urls.py`: one line. `tests/house/routes.py`: one line a method, with what each of the cast gets.
   `tests/api/test_budgets.py` counts its queries. `python -m tests.api.snapshot` writes `tests/api/schema.json` anew.
"""
