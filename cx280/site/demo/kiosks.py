"""Kiosks of the simulated agency: a survey written for them, three screens, days of answers."""

from __future__ import annotations

import uuid
from collections import Counter
from datetime import UTC, date, datetime, timedelta

import numpy as np

from cx280.delivery.models import Kiosk
from cx280.responses.models import OfferCount, Response
from cx280.services.rules.vocabulary import Channel
from cx280.site.demo.records import Built
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.queries import frozen
from cx280.surveys.rules.document import as_data
from cx280.surveys.rules.opening import digest_of
from cx280.surveys.rules.translations import words_digest

SERVICE, CODE = "guide-registration", "guide-kiosk"
_DAYS = 40
_A_DAY = (3, 2)  # answers at each of the two screens that work, or did
_AGREE = (0.04, 0.06, 0.1, 0.35, 0.45)


def add_kiosks(built: Built, now: datetime, *, seed: int) -> int:
    """Answers given at kiosks; how many. One screen works, one is silent, one was never set up."""
    if SERVICE not in built.versions:
        return 0
    version = _version(built.versions[SERVICE][-1], now)
    offices = {each.code: each for each in built.offices}
    working = Kiosk(
        survey=version.survey, unit=offices["drt-portland"], name="Exit, left",
        set_up_at=now - timedelta(days=_DAYS), last_seen_at=now, answers=_A_DAY[0] * _DAYS,
    )  # fmt: skip
    silent = Kiosk(
        survey=version.survey, unit=offices["drt-spokane"], name="Beside the counter",
        set_up_at=now - timedelta(days=_DAYS), last_seen_at=now - timedelta(days=3), waiting=11,
        answers=_A_DAY[1] * _DAYS,
    )  # fmt: skip
    new = Kiosk(survey=version.survey, unit=offices["drt-boise"], name="Waiting room")
    Kiosk.objects.bulk_create([working, silent, new])
    rng = np.random.default_rng([seed, 3])
    rows = [
        _answer(version, kiosk, now.date() - timedelta(days=day + 4), rng)
        for kiosk, a_day in ((working, _A_DAY[0]), (silent, _A_DAY[1]))
        for day in range(_DAYS)
        for _ in range(a_day)
    ]
    Response.objects.bulk_create(rows)
    OfferCount.objects.bulk_create(_beginnings(version, rows))
    return len(rows)


def _beginnings(version: SurveyVersion, rows: list[Response]) -> list[OfferCount]:
    """Who began on each day: those who sent, and on every other day one who walked away."""
    sent = Counter((each.unit_id, each.day) for each in rows)
    return [
        OfferCount(
            version=version, unit_id=unit, channel=Channel.IN_PERSON, day=day,
            started=n + day.toordinal() % 2,
        )
        for (unit, day), n in sent.items()
    ]  # fmt: skip


def _version(web: SurveyVersion, now: datetime) -> SurveyVersion:
    """The same questions without the free text, in a survey of its own for kiosks."""
    questions = [each for each in web.document["questions"] if each["response"] != "text"]
    draft = {**web.document, "title": "Guide registration, at the exit",
             "titles": {"es": "Registro de guías, a la salida"}, "mode": "kiosk",
             "placement": "kiosk", "questions": questions}  # fmt: skip
    survey = Survey.objects.create(
        service=web.survey.service, code=CODE, title="Guide registration, at the exit",
        state=Survey.State.OPEN, channel=Channel.IN_PERSON, journey_step=web.survey.journey_step,
        collection=web.survey.collection, draft=draft, simulated=True,
    )  # fmt: skip
    document = frozen(survey)
    read = {"digest": words_digest(document, "es"), "reader": "Language Access Office, A. Rojas",
            "on": str((now - timedelta(days=_DAYS + 9)).date())}  # fmt: skip
    Survey.objects.filter(pk=survey.pk).update(translations_read={"es": read})
    return SurveyVersion.objects.create(
        survey=survey, number=1, document=as_data(document), digest=digest_of(document),
        opened_at=now - timedelta(days=_DAYS + 6), opened_by=web.opened_by,
    )  # fmt: skip


def _answer(version: SurveyVersion, kiosk: Kiosk, day: date, rng: np.random.Generator) -> Response:
    minute = int(rng.integers(0, 8 * 60))
    at = datetime(day.year, day.month, day.day, 17, tzinfo=UTC) + timedelta(minutes=minute)
    scales = [each["id"] for each in version.document["questions"] if each["response"] == "agree5"]
    agree = rng.choice(5, size=len(scales), p=_AGREE) + 1
    return Response(
        id=uuid.UUID(bytes=rng.bytes(16), version=4), version=version, unit=kiosk.unit,
        channel=Channel.IN_PERSON, language="es" if rng.random() < 0.2 else "en", day=day,
        received_at=at, seconds=int(rng.integers(15, 120)), source=Response.Source.KIOSK,
        answers=dict(zip(scales, agree.tolist(), strict=True)),
    )  # fmt: skip
