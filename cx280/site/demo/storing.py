"""Writes simulated answers, comments and offers, many rows at a time."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
from django.db import connection, models
from numpy.typing import NDArray

from cx280.agencies.models import Organization
from cx280.kernel.quarter import Quarter
from cx280.responses.actions.storing import redacted
from cx280.responses.models import Comment, OfferCount, Response
from cx280.services.rules.vocabulary import Channel
from cx280.site.demo.documents import LINKED
from cx280.site.demo.plan import Plan, ServicePlan
from cx280.site.demo.records import Built
from cx280.site.demo.simulation import (
    DRIVERS,
    Answers,
    answers_in,
    simulate,
    spread_over_days,
)
from cx280.site.demo.words import comment
from cx280.surveys.models import SurveyVersion

# Federal reports show people answer at a counter far more often than on a website (D-4).
_ANSWERED = {Channel.IN_PERSON.value: 0.27, Channel.WEBSITE.value: 0.06}


def store_answers(
    plan: Plan, built: Built, quarters: list[Quarter], *, responses: int, seed: int, today: date
) -> int:
    """Stores about that many responses over the quarters; gives how many."""
    stored = 0
    for place, service in enumerate(plan.services):
        rng = np.random.default_rng([seed, place])
        yearly = responses * service.share * 4 / _quarters_passed(quarters, today)
        for index, quarter in enumerate(quarters):
            first, last, n = answers_in(quarter, yearly, today)
            if n == 0:
                continue
            days = spread_over_days(first, last, n, rng)
            troubled = _troubled(plan, service, quarter, today)
            answers = simulate(service, plan.offices, index, days, rng, troubled)
            version = _version_at(built.versions[service.code], first)
            _store(service, version, built.offices, quarter, answers, rng)
            _store_offers(service, version, built.offices, quarter, answers, rng)
            stored += n
    return stored


def _troubled(
    plan: Plan, service: ServicePlan, quarter: Quarter, today: date
) -> NDArray[np.float64]:
    """What went wrong on each day of the quarter at each office, in points of a rating."""
    days = (quarter.last_day - quarter.first_day).days + 1
    found = np.zeros((days, len(plan.offices)))
    for each in plan.troubles:
        if each.service == service.code:
            office = next(at for at, one in enumerate(plan.offices) if one.code == each.office)
            fell = [each.fell_on(quarter.first_day + timedelta(days=at), today)
                    for at in range(days)]  # fmt: skip
            found[:, office] += each.pull * np.array(fell)
    return found


def _quarters_passed(quarters: list[Quarter], today: date) -> float:
    """How many quarters have passed, the current one in part."""
    days = [(each.last_day - each.first_day).days + 1 for each in quarters]
    passed = [
        max(0, (min(each.last_day, today - timedelta(days=1)) - each.first_day).days + 1)
        for each in quarters
    ]
    return sum(part / whole for part, whole in zip(passed, days, strict=True))


def _version_at(versions: list[SurveyVersion], day: date) -> SurveyVersion:
    return [each for each in versions if each.opened_at.date() <= day][-1]


def _store(
    service: ServicePlan,
    version: SurveyVersion,
    offices: list[Organization],
    quarter: Quarter,
    answers: Answers,
    rng: np.random.Generator,
) -> None:
    rows: list[Response] = []
    comments: list[Comment] = []
    ids = rng.bytes(16 * len(answers))
    minutes = rng.integers(0, 16 * 60, len(answers))
    wrote = rng.random(len(answers))
    for i in range(len(answers)):
        office = offices[answers.office[i]]
        day = quarter.first_day + timedelta(days=int(answers.day[i]))
        ratings = answers.ratings[i].tolist()
        row = Response(
            id=uuid.UUID(bytes=ids[16 * i : 16 * i + 16], version=4),
            version=version,
            unit_id=office.pk,
            channel=_channel(answers, i),
            language="es" if answers.spanish[i] else "en",
            day=day,
            received_at=_moment(day, int(minutes[i])),
            seconds=int(answers.seconds[i]),
            answers=_coded(service, ratings),
        )
        rows.append(row)
        # People who are unhappy write more often.
        if wrote[i] < (0.16 if 0 < ratings[0] <= 2 else 0.045):
            comments.append(_comment(row, ratings, office.name, answers, i, rng))
    _insert(rows)
    _insert(comments)


def _insert(rows: Sequence[models.Model]) -> None:
    """Inserts rows of one model with one prepared statement; bulk_create took twice the time."""
    if not rows:
        return
    fields = [each for each in rows[0]._meta.concrete_fields if each.name != "id" or _own_id(each)]
    names = ", ".join(connection.ops.quote_name(str(each.column)) for each in fields)
    places = ", ".join(["%s"] * len(fields))
    table = connection.ops.quote_name(rows[0]._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608  names of our models
            [
                [
                    each.get_db_prep_save(getattr(row, each.attname), connection)
                    for each in fields
                    if each.column
                ]
                for row in rows
            ],
        )


def _own_id(field: models.Field[Any, Any]) -> bool:
    """Whether the row brings its id with it instead of getting one from the record."""
    return not isinstance(field, models.AutoField)


def _channel(answers: Answers, i: int) -> str:
    return Channel.IN_PERSON.value if answers.in_person[i] else Channel.WEBSITE.value


def _moment(day: date, minute: int) -> datetime:
    """Between 13:00 and 5:00 UTC: day and evening in America."""
    return datetime.combine(day, time(13), UTC) + timedelta(minutes=minute)


def _coded(service: ServicePlan, ratings: list[int]) -> dict[str, object]:
    """Ratings as a response stores them; a skipped question is null."""
    coded: dict[str, object] = {"trust": ratings[0] or None, "satisfaction": ratings[1] or None}
    drivers = dict(zip(DRIVERS, ratings[2:], strict=True))
    if service.drivers == "likert":
        coded.update({name: rating or None for name, rating in drivers.items()})
        return coded
    drivers["transparency"] = min(drivers["equity"], drivers["ease"])
    # Under a good rating people tap what was good, under a poor one what was not.
    good = ratings[0] >= 4
    if ratings[0] == 0:
        return coded
    coded["why"] = [
        name for name, rating in drivers.items() if rating and (rating >= 5) == good and rating != 3
    ]
    return coded


def _comment(
    row: Response,
    ratings: list[int],
    office: str,
    answers: Answers,
    i: int,
    rng: np.random.Generator,
) -> Comment:
    went_well = ratings[0] >= 4 or ratings[0] == 0
    given = [rating or 3 for rating in ratings[2:]]
    # Of drivers rated alike, not always the first.
    order = [(k + i) % len(DRIVERS) for k in range(len(DRIVERS))]
    stood_out = max(order, key=lambda k: given[k] if went_well else -given[k])
    spanish = bool(answers.spanish[i])
    said = comment(DRIVERS[stood_out], went_well=went_well, spanish=spanish, office=office, rng=rng)
    return redacted(row, {"comment": said})[0]


def _store_offers(
    service: ServicePlan,
    version: SurveyVersion,
    offices: list[Organization],
    quarter: Quarter,
    answers: Answers,
    rng: np.random.Generator,
) -> None:
    """How many were offered the survey each day at each office; unknown where it is a link."""
    codes = answers.office * 400 + answers.day
    rows = []
    for code, completed in zip(*np.unique(codes, return_counts=True), strict=True):
        office = offices[int(code) // 400]
        channel = Channel.WEBSITE if office.code == "drt-online" else Channel.IN_PERSON
        rate = _ANSWERED[channel.value] * float(rng.uniform(0.85, 1.15))
        rows.append(
            OfferCount(
                version_id=version.pk,
                unit_id=office.pk,
                channel=channel.value,
                day=quarter.first_day + timedelta(days=int(code) % 400),
                offered=None if service.code in LINKED else round(int(completed) / rate),
                started=round(int(completed) / 0.83),
            )
        )
    _insert(rows)
