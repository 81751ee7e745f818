"""A kiosk for tests: its survey, the device's cookie, what it sends, and a server for it alone."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import Path
from typing import Any

from django.test import Client
from django.utils import timezone

from cx280.delivery.actions.kiosks import register_kiosk
from cx280.delivery.models import Kiosk
from cx280.responses.tokens import new_token
from cx280.surveys.models import SurveyVersion
from tests.builders import a_unit
from tests.responses.a_server import CODE, Server
from tests.responses.visits import an_open_survey

HOUR = 60 * 60 * 1000  # milliseconds


def a_kiosk_survey(**document: Any) -> SurveyVersion:
    """An open version that is asked at kiosks, in English and Spanish."""
    return an_open_survey(**{"mode": "kiosk", "placement": "kiosk", **document})


def a_kiosk(version: SurveyVersion | None = None, **fields: Any) -> tuple[Kiosk, str]:
    """A registered kiosk and the secret of its link; its office is a new one below the owner."""
    version = version or a_kiosk_survey()
    usual = {"name": "Exit, left", "by": None, "now": timezone.now()}
    unit = fields.pop("unit", None) or a_unit(version.survey.service.owner, name="Portland")
    return register_kiosk(version.survey, unit=unit, **{**usual, **fields})


def root_of(kiosk: Kiosk) -> str:
    """Where the kiosk's page is."""
    return f"/s/{kiosk.survey.code}/kiosk/"


def a_device(kiosk: Kiosk, secret: str) -> Client:
    """A browser that was made the kiosk by its link."""
    client = Client()
    assert client.post(f"{root_of(kiosk)}set-up/{secret}/").status_code == 303
    return client


def now_ms(moment: datetime | None = None) -> int:
    """A clock's milliseconds."""
    return int((moment or timezone.now()).timestamp() * 1000)


def a_page(version: SurveyVersion, kiosk: Kiosk, issued_at: datetime | None = None) -> str:
    """The token of a page the kiosk fetched, now or then."""
    return new_token(version.pk, issued_at or timezone.now(), kiosk.unit.code).written()


def an_answer(page: str, **fields: Any) -> dict[str, Any]:
    """One person's answers, given just now within half a minute."""
    sent = fields.pop("sent", now_ms())
    usual = {
        "id": str(uuid.uuid4()), "page": page, "began": sent - 30_000, "sent": sent,
        "language": "en", "answers": {"trust": ["4"], "ease": ["2"]},
    }  # fmt: skip
    return {**usual, **fields}


def send(
    client: Client, kiosk: Kiosk, answers: list[dict[str, Any]], **fields: Any
) -> tuple[int, dict[str, Any]]:
    """The status and what the server says to the batch."""
    told = {"now": now_ms(), "waiting": 0, "refused": 0, "answers": answers, **fields}
    answer = client.post(f"{root_of(kiosk)}answers", told, content_type="application/json")
    return answer.status_code, answer.json()


_REGISTER = f"""
import django; django.setup()
from django.utils import timezone
from cx280.delivery.actions.kiosks import register_kiosk
from cx280.surveys.models import Survey, SurveyVersion
from tests.builders import a_unit
survey = Survey.objects.get(code="{CODE}")
asked = {{"trust", "satisfaction", "ease", "comment"}}
questions = [each for each in survey.draft["questions"] if each["id"] in asked]
document = {{**survey.draft, "mode": "kiosk", "placement": "kiosk", "questions": questions}}
SurveyVersion.objects.update(document=document)
for n in range(40):
    unit = a_unit(survey.service.owner, code=f"office-{{n}}", name=f"Service Center {{n}}")
    print(register_kiosk(survey, unit=unit, name="Exit", by=None, now=timezone.now())[1])
"""
_CLOSE = """
import django; django.setup()
from django.utils import timezone
from cx280.surveys.models import Survey, SurveyVersion
SurveyVersion.objects.update(closed_at=timezone.now(), closed_because="test")
Survey.objects.update(state="closed")
"""
_REWORD = """
import django; django.setup()
from django.utils import timezone
from cx280.surveys.models import SurveyVersion
old = SurveyVersion.objects.get(number=1)
SurveyVersion.objects.update(closed_at=timezone.now(), closed_because="Reworded")
document = {**old.document, "questions": old.document["questions"][1:]}
SurveyVersion.objects.create(survey=old.survey, number=2, document=document, digest="b" * 64,
                             opened_at=timezone.now())
"""


class KioskServer(Server):
    """A server of its own with forty kiosks registered, each in an office of its own."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.ready = "/health"  # the survey itself may be closed
        self.environment["CX280_LEAST_SECONDS"] = "0"  # a test is quicker than anybody reads
        self._secrets = enumerate((folder / "secrets").read_text().split())
        self.office = ""

    def _fill(self, folder: Path) -> None:
        super()._fill(folder)
        (folder / "secrets").write_text(self._run(_REGISTER, folder))

    def be_up(self) -> None:
        """Starts it where it was killed."""
        if self._process is None or self._process.poll() is not None:
            self.start()

    @property
    def root(self) -> str:
        """Where the kiosk's page is."""
        return f"http://127.0.0.1:{self.port}/s/{CODE}/kiosk/"

    def next_link(self) -> str:
        """What staff open on the next device, which stands in `office`."""
        number, secret = next(self._secrets)
        self.office = f"office-{number}"
        return f"{self.root}set-up/{secret}/"

    def close_survey(self) -> None:
        """Closes it, whether the server is up or not."""
        self.run(_CLOSE)

    def reword_survey(self) -> None:
        """Opens a second version without the first question."""
        self.run(_REWORD)

    def began(self) -> int:
        """How many people began at this device."""
        found = self.rows(
            "SELECT COALESCE(SUM(o.started), 0) FROM responses_offercount o"
            " JOIN agencies_organization u ON u.id = o.unit_id"
            f" WHERE u.code = '{self.office}'"
        )
        return int(str(found[0][0]))

    def stored(self) -> list[tuple[object, ...]]:
        """Number of the version, source, language, answers and time of each of this device."""
        return self.rows(
            "SELECT v.number, r.source, r.language, r.answers, r.received_at"
            " FROM responses_response r JOIN surveys_surveyversion v ON v.id = r.version_id"
            " JOIN agencies_organization u ON u.id = r.unit_id"
            f" WHERE u.code = '{self.office}' ORDER BY r.received_at"
        )
