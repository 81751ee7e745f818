"""Whom the simulated agency asks: sampling plans, contact rules, and what became of 60 days."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count

from cx280.delivery.models import ContactRule, Interaction, SamplingPlan
from cx280.delivery.rules.draws import draw
from cx280.delivery.rules.sampling import decide
from cx280.delivery.rules.vocabulary import Method, Reason, State, StrataBy
from cx280.responses.models import Response
from cx280.site.demo.records import Built

DAYS = 60
# Small offices are asked more, so that each of them can be told apart.
_RATES = {"drt-portland": 0.8, "drt-spokane": 0.8, "drt-boise": 0.5}
_RATE = 0.3
_ANSWERED = 0.25  # of those asked
_SPANISH = 0.14
_LEFT_ALONE = ((0.10, Reason.QUIET), (0.13, Reason.OFTEN), (0.16, Reason.TURN))


def add_asking(built: Built, today: date) -> int:
    """Plans of two services and the interactions of one; how many interactions.

    As many of each office as its answers make likely, so that weights come out believable.
    """
    since = datetime.combine(today - timedelta(days=DAYS), time(), ZoneInfo("America/New_York"))
    ContactRule.objects.create(
        agency=built.department, quiet_days=30, most_per_year=4, patience_days=14
    )
    plans = [_plan(built, code, since, share) for code, share in (("boat-permits", 20),
             ("mooring-licenses", 10)) if code in built.versions]  # fmt: skip
    rows = list(_interactions(built, plans[0], since))
    Interaction.objects.bulk_create(rows, batch_size=2000)
    return len(rows)


def _plan(built: Built, code: str, since: datetime, share: int) -> SamplingPlan:
    return SamplingPlan.objects.create(
        survey=built.versions[code][-1].survey, number=1, method=Method.STRATIFIED,
        rate=_RATE, strata_by=StrataBy.UNIT, rates=_RATES, seed=f"demo {code}", share=share,
        since=since,
    )  # fmt: skip


def _interactions(built: Built, plan: SamplingPlan, since: datetime) -> Iterator[Interaction]:
    answers = Response.objects.filter(version__survey=plan.survey, received_at__gte=since)
    counts = dict(answers.values_list("unit").annotate(count=Count("pk")).order_by())
    seconds = int(timedelta(days=DAYS).total_seconds())
    for office in built.offices:
        rate = plan.as_rule.rate_of(office.code)
        for number in range(round(counts.get(office.pk, 0) / _ANSWERED / rate / 0.84)):
            name = f"{office.code} {number}"
            decision = decide(plan.as_rule, name, stratum=office.code)
            state, reason = _became(name, is_drawn=decision.is_drawn)
            at = since + timedelta(seconds=int(draw("when", name) * seconds))
            yield Interaction(
                agency=built.department,
                key=hashlib.sha256(name.encode()).hexdigest()[:32],
                survey=plan.survey,
                plan=plan,
                unit=office,
                stratum=office.code,
                language="es" if draw("language", name) < _SPANISH else "en",
                ended_at=at - timedelta(minutes=int(1 + 9 * draw("ended", name))),
                received_at=at,
                is_drawn=decision.is_drawn,
                probability=decision.probability,
                state=state,
                reason=reason,
            )


def _became(name: str, *, is_drawn: bool) -> tuple[str, str]:
    """The state, and why somebody was left alone."""
    if not is_drawn:
        return State.NOT_DRAWN, ""
    chance = draw("became", name)
    for below, reason in _LEFT_ALONE:
        if chance < below:
            return State.SUPPRESSED, reason
    return State.ASKED, ""
