"""Several processes at once add to one chain."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

WRITERS, EACH = 3, 20
WRITE = f"""
import django
django.setup()
from cx280.audit.actions import record
for n in range({EACH}):
    record(actor="system", action="step", subject=f"x.X:{{n}}")
"""
VERIFY = """
import django
django.setup()
from cx280.audit.queries import state_of_chain
state = state_of_chain()
print(state.entries, state.holds)
"""


def same_database(folder: Path) -> dict[str, str]:
    """The environment in which another process reads and writes this test's database, with the key
    that what is encrypted there was encrypted under.
    """
    environment = {**os.environ, "CX280_SECRET_KEY": settings.SECRET_KEY}
    if connection.vendor == "postgresql":
        to = connection.settings_dict
        url = f"postgresql://{to['USER']}@{to['HOST']}:{to['PORT']}/{to['NAME']}"
        return {**environment, "DATABASE_URL": url}
    connection.ensure_connection()
    with closing(sqlite3.connect(folder / "cx280.sqlite3")) as copy:
        connection.connection.backup(copy)
    return {**environment, "CX280_DATA": str(folder)}


@pytest.mark.django_db(transaction=True)
def test_writers_at_the_same_time_never_fork_the_chain(tmp_path: Path) -> None:
    environment = same_database(tmp_path)

    writers = [
        subprocess.Popen([sys.executable, "-c", WRITE], env=environment) for _ in range(WRITERS)
    ]
    codes = [each.wait(timeout=60) for each in writers]
    found = subprocess.run(
        [sys.executable, "-c", VERIFY], env=environment, capture_output=True, text=True, check=True
    )

    assert codes == [0] * WRITERS
    assert found.stdout.split() == [str(WRITERS * EACH), "True"]
