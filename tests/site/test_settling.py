"""Claims about the start of the web role: no request pays for what was loaded before it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

_WEB_ROLE = """
import asyncio, gc
from cx280.site.asgi import application

async def told():
    said, asked = asyncio.Queue(), asyncio.Queue()
    asyncio.create_task(application({"type": "lifespan"}, asked.get, said.put))
    await asked.put({"type": "lifespan.startup"})
    assert (await said.get())["type"] == "lifespan.startup.complete"
    print(gc.get_freeze_count(), len(gc.get_objects()))
    await asked.put({"type": "lifespan.shutdown"})
    await said.get()

asyncio.run(told())
"""


def test_the_web_role_sets_what_it_has_loaded_apart_from_what_is_searched_for_garbage(
    tmp_path: Path,
) -> None:
    environment = {**os.environ, "CX280_DATA": str(tmp_path)}

    run = subprocess.run(
        [sys.executable, "-c", _WEB_ROLE], env=environment, check=True, capture_output=True,
        text=True,
    )  # fmt: skip

    apart, searched = map(int, run.stdout.split())
    assert apart > 100_000
    assert searched < apart / 100
