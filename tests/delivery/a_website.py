"""A website of another origin under the strictest policy, and a real cx280 that it shows."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests import a_server
from tests.migrated import put_record
from tests.telemetry.websites import Quiet, Served

LINKED, PROMPTED, JOINED = "permits", "permits-prompt", "permits-joined"
_WEB = ("-m", "uvicorn", "cx280.site.asgi:application", "--log-level", "critical")
_SET_UP = """
import sys
import django; django.setup()
from cx280.delivery.actions.embeds import save_embed, switch_embed
from cx280.delivery.actions.plans import save_plan
from cx280.delivery.models import Embed
from cx280.delivery.rules.vocabulary import EmbedKind
from cx280.surveys.models import Survey
"""
_FILL = (
    _SET_UP
    + """
from django.core.management import call_command
call_command("migrate", verbosity=0)
from cx280.telemetry.actions.sites import write_sites
from tests.builders import a_service, a_survey, a_version
from tests.responses.visits import a_document_in_two_languages
from tests.telemetry.builders import a_site
service = a_service(name="Boat permits", code="boat-permits")
a_site(service, key="KEY", enabled=True)
for code, placement, promise in (
    ("permits", "link", "anonymous"), ("permits-joined", "link", "same_visit"),
    ("permits-prompt", "prompt", "anonymous"),
):
    draft = {**a_document_in_two_languages(), "placement": placement, "promise": promise}
    survey = a_version(a_survey(service, code=code, draft=draft)).survey
    for kind in ("tab", "inline") if placement == "link" else ("prompt",):
        kind = EmbedKind.of(kind)
        save_embed(survey, kind, by=None, origins=[sys.argv[1]], seconds=0)
        switch_embed(survey, kind, by=None, on=True)
write_sites()
"""
)
FILLER = "".join(f"<p>{'What to bring and what it costs. ' * 12}</p>" for _ in range(12))
PAGE = """<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>Permits</title>
<meta name="viewport" content="width=device-width, initial-scale=1">{script}</head><body>
<header><p>Department of Lakes</p></header><main><h1>Permits</h1>{body}</main></body></html>"""


class Cx280(a_server.Server):
    """cx280 with open surveys: a prompt, and two links, of which one is joined with visits."""

    def __init__(self, folder: Path, origin: str) -> None:
        settings = {"DJANGO_SETTINGS_MODULE": "cx280.site.settings", "CX280_LEAST_SECONDS": "0"}
        put_record(folder)
        super().__init__(folder, _WEB, ready="/health", environment=settings)
        self._run(_FILL, origin)

    def _run(self, program: str, *arguments: str) -> None:
        command: Sequence[str] = [sys.executable, "-c", program, *arguments]
        subprocess.run(command, env=self.environment, cwd=a_server.PROJECT, check=True)

    def change(self, code: str, lines: str) -> None:
        """Runs lines on the same record; `survey` is the one with that code."""
        self._run(f"{_SET_UP}\nsurvey = Survey.objects.get(code={code!r})\n{lines}")

    def rows(self, query: str) -> list[tuple[object, ...]]:
        """What the record holds, read past the server."""
        with closing(sqlite3.connect(self.folder / "cx280.sqlite3")) as record:
            return record.execute(query).fetchall()

    def collect_static(self) -> None:
        """Gathers and compresses style sheets and fonts, as `cx280 serve` does first."""
        self._run("from cx280.site.serving import collect_static; collect_static()")

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"


class Website(Served):
    """Pages by path; nothing but cx280 is allowed, not even a style of their own."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.allows = ""
        website = self

        class Handler(Quiet):
            def do_GET(self) -> None:
                body = website.pages.get(self.path.partition("?")[0])
                policy = "; ".join(
                    ["default-src 'none'"]
                    + [
                        f"{name} {website.allows}"
                        for name in ("script-src", "connect-src", "frame-src", "style-src")
                    ]
                )
                self.answer(
                    200 if body else 404,
                    (body or "").encode(),
                    Content_Type="text/html; charset=utf-8",
                    Content_Security_Policy=policy,
                )

        super().__init__(Handler)
        # Another site than cx280's, and not only another port of the same one.
        self.address = self.address.replace("127.0.0.1", "localhost")

    def put(self, path: str, body: str, lang: str = "en-US") -> None:
        """A page with the script and this body."""
        script = f'<script src="{self.allows}/t/cx.js" data-site="KEY" defer></script>'
        self.pages[path] = PAGE.format(lang=lang, script=script, body=body)
