"""A real web server with one open survey, on a record of its own, for tests that kill it."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

from tests import a_server
from tests.migrated import put_record

CODE = "permits"
_WEB = ("-m", "uvicorn", "cx280.site.asgi:application", "--log-level", "critical")
_FILL = f"""
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests.builders import a_survey, a_version
from tests.responses.visits import a_document_in_two_languages
a_version(a_survey(code="{CODE}", draft=a_document_in_two_languages()))
"""


class Server(a_server.Server):
    """Serves one open survey from `folder`; may be killed and started again."""

    def __init__(self, folder: Path) -> None:
        settings = {"DJANGO_SETTINGS_MODULE": "cx280.site.settings"}
        super().__init__(folder, _WEB, ready=f"/s/{CODE}/", environment=settings)
        # Beside the folders of all tests of this process: what takes seconds is done once.
        filled = folder.parent / "a-record-with-one-survey"
        if not filled.is_dir():
            draft = filled.with_suffix(".draft")
            put_record(draft)
            self._run(_FILL, draft)
            draft.rename(filled)
        shutil.copytree(filled, folder, dirs_exist_ok=True)

    def _run(self, program: str, folder: Path) -> str:
        command = [sys.executable, "-c", program]
        environment = {**self.environment, "CX280_DATA": str(folder)}
        done = subprocess.run(
            command, env=environment, cwd=a_server.PROJECT, check=True, stdout=subprocess.PIPE
        )
        return done.stdout.decode()

    def run(self, program: str) -> str:
        """What the program prints, beside the server and on its record."""
        return self._run(program, self.folder)

    def collect_static(self) -> None:
        """Gathers and compresses the style sheets and fonts, as `cx280 serve` does first."""
        program = "from cx280.site.serving import collect_static; collect_static()"
        self._run(program, self.folder)

    @property
    def address(self) -> str:
        """Where the survey is answered."""
        return f"http://127.0.0.1:{self.port}/s/{CODE}/"

    def post(self, path: str, **fields: str) -> int:
        """The status; OSError or HTTPException when nothing was acknowledged."""
        kind = "application/x-www-form-urlencoded" if fields else ""
        return self.ask("POST", path, urlencode(fields), kind)[0]

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the record holds, read past the server."""
        with closing(sqlite3.connect(self.folder / "cx280.sqlite3")) as record:
            return record.execute(query).fetchall()
