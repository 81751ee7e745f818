"""The survey page: bytes over the wire, scripts, writes and processor time of a view."""

from __future__ import annotations

import json
import re

from benchmarks.measuring import own_data
from benchmarks.record import demo, open_version, start

_VIEWS = 200
_LOADED = re.compile(r"""(?:href|src)="(/static/[^"]+)\"""")
_FONT = re.compile(r"""url\(["']?([^"')]+\.woff2)""")


def main() -> None:
    """Prints kilobytes, scripts, writes and cpu_ms as JSON."""
    with own_data():
        from cx280.site.serving import collect_static

        collect_static()
        start()
        demo(2000)
        print(json.dumps(_measure()))


def _measure() -> dict[str, float]:
    import time

    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    address = f"/s/{open_version().survey.code}/"
    client = Client(headers={"accept-encoding": "br, gzip"})
    with CaptureQueriesContext(connection) as queries:
        page = client.get(address)
    html = Client().get(address).content.decode()
    linked = sorted(set(_LOADED.findall(html)))
    sizes = {each: _bytes(client.get(each)) for each in linked}
    for style in [each for each in linked if each.endswith(".css")]:
        text = b"".join(Client().get(style)).decode()
        for font in _FONT.findall(text):
            path = font if font.startswith("/") else style.rsplit("/", 1)[0] + "/" + font
            sizes[path] = _bytes(client.get(path))
    before = time.process_time()
    for _ in range(_VIEWS):
        client.get(address)
    writes = [each for each in queries if not each["sql"].lstrip().upper().startswith("SELECT")]
    return {
        "kilobytes": (len(page.content) + sum(sizes.values())) / 1024,
        "scripts": html.count("<script"),
        "writes": len(writes),
        "cpu_ms": (time.process_time() - before) * 1000 / _VIEWS,
    }


def _bytes(response: object) -> int:
    """What crosses the wire: the body as it was sent, compressed where it is."""
    return len(b"".join(response))  # type: ignore[arg-type]


if __name__ == "__main__":
    main()
