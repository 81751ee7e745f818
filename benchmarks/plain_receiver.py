"""The simplest honest alternative to the collector: a Django view that inserts into the database.

The same schema, rules, visitor number and marks; one transaction a request with `bulk_create` and
synchronous=FULL, so that an answer means durable; SQLite, as the record is by default.
"""

from __future__ import annotations

import os
import time
from typing import Any, cast

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cx280.site.settings")
django.setup()

from a2wsgi import WSGIMiddleware  # noqa: E402
from django.conf import settings as site_settings  # noqa: E402
from django.core.handlers.wsgi import WSGIHandler  # noqa: E402
from django.db import connection, models, transaction  # noqa: E402
from django.http import HttpRequest, JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402
from django.views.decorators.csrf import csrf_exempt  # noqa: E402

from cx280.collector.bodies import events_of  # noqa: E402
from cx280.collector.settings import from_environment  # noqa: E402
from cx280.collector.sites import Sites  # noqa: E402
from cx280.collector.visitors import Visitors, network  # noqa: E402
from cx280.lake.columns import COLUMNS, EventRow  # noqa: E402
from cx280.telemetry.schemas import checked  # noqa: E402

_KINDS: dict[type | str, Any] = {
    "str": lambda: models.CharField(max_length=600),
    "int": models.BigIntegerField,
    "bool": models.BooleanField,
    "float | None": lambda: models.FloatField(null=True),
}
_FIELDS = {
    ("key" if name == "id" else name): _KINDS[EventRow.__annotations__[name]]() for name in COLUMNS
}
_FIELDS["key"] = models.CharField(max_length=36, unique=True)
Row = type(
    "Row",
    (models.Model,),
    {
        **_FIELDS,
        "__module__": __name__,
        "Meta": type("Meta", (), {"app_label": "telemetry", "db_table": "bench_event"}),
    },
)
_settings = from_environment()
_sites = Sites(_settings.data / "sites.json")
_visitors = Visitors(int(time.time() // 86400))


@csrf_exempt
def receive(request: HttpRequest) -> JsonResponse:
    """Takes events as the collector does: 202 when they are in the database."""
    received = time.time_ns() // 1000
    agent = request.META.get("HTTP_USER_AGENT", "").encode()
    address = network(request.META["REMOTE_ADDR"])
    device, bot = _visitors.agent(agent)
    rows = []
    found = events_of(request.body, request.META["CONTENT_TYPE"].encode())
    for event in found.events:
        row = checked(event, _sites.by_key[event.site], received)
        row.visitor = _visitors.number(event.site, address, agent)
        row.device, row.bot = device, bot
        values = {name: getattr(row, name) for name in COLUMNS if name != "id"}
        rows.append(Row(key=row.id, **values))
    with transaction.atomic():
        cast(Any, Row).objects.bulk_create(rows, ignore_conflicts=True)
    answer = JsonResponse({"accepted": len(rows)}, status=202)
    answer["Content-Length"] = str(len(answer.content))
    return answer


urlpatterns = [path("t/v1/events", receive)]
# No middleware: a view of the record itself would pay for fourteen of them besides.
site_settings.MIDDLEWARE = []
site_settings.ROOT_URLCONF = __name__
with connection.schema_editor() as editor:
    editor.create_model(cast(Any, Row))
application = WSGIMiddleware(cast(Any, WSGIHandler()), workers=8)
