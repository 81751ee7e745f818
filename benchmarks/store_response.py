"""One response stored: processor time of the action and of the whole request, on disk."""

from __future__ import annotations

import json
import time
import uuid

from benchmarks.measuring import own_data, quantile
from benchmarks.record import demo, open_version, start

_TIMES = 500
_ANSWERS: dict[str, object] = {
    "trust": 4,
    "satisfaction": 5,
    "effectiveness": 5,
    "ease": 4,
    "efficiency": 2,
    "equity": 5,
    "employee": 5,
}


def main() -> None:
    """Prints cpu_ms, wall_ms, transactions and request_cpu_ms as JSON."""
    with own_data():
        start()
        demo(2000)
        print(json.dumps({**_store(), **_request()}))


def _store() -> dict[str, float]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from cx280.responses.actions import store

    version = open_version()

    def once() -> None:
        store(
            version,
            token_id=uuid.uuid4(),
            answers=_ANSWERS,  # type: ignore[arg-type]
            comments={"comment": "The line was long, but the clerk was kind."},
            unit_code="drt-boise",
            received_at=timezone.now(),
            seconds=41,
        )

    for _ in range(20):
        once()
    with CaptureQueriesContext(connection) as queries:
        once()
    begins = [each for each in queries if each["sql"].upper().startswith(("BEGIN", "SAVEPOINT"))]
    walls = []
    before = time.process_time()
    for _ in range(_TIMES):
        started = time.perf_counter()
        once()
        walls.append((time.perf_counter() - started) * 1000)
    return {
        "cpu_ms": (time.process_time() - before) * 1000 / _TIMES,
        "wall_ms": quantile(walls, 0.5),
        "transactions": len([each for each in begins if each["sql"].upper().startswith("BEGIN")]),
    }


def _request() -> dict[str, float]:
    from django.test import Client

    code = open_version().survey.code
    client = Client()
    pages = [client.get(f"/s/{code}/") for _ in range(100)]
    tokens = [_token(page.content.decode()) for page in pages]
    fields = {name: str(value) for name, value in _ANSWERS.items()}
    before = time.process_time()
    for token in tokens:
        answered = client.post(f"/s/{code}/", {**fields, "comment": "Fine.", "_page": token})
        assert answered.status_code == 303, answered.status_code
    return {"request_cpu_ms": (time.process_time() - before) * 1000 / len(tokens)}


def _token(html: str) -> str:
    return html.split('name="_page"')[1].split('value="')[1].split('"')[0]


if __name__ == "__main__":
    main()
