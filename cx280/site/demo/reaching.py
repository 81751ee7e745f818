"""How the newest answers came: pages opened by language, and how soon people answered."""

from __future__ import annotations

import math
from datetime import date

from django.db.models import Count
from django.utils import timezone

from cx280.delivery.actions.reaching import count_reach
from cx280.delivery.rules.draws import draw
from cx280.delivery.rules.timing import LONGEST_HOURS
from cx280.kernel.quarter import Quarter
from cx280.responses.models import ReachCount, Response
from cx280.site.demo.records import Built
from cx280.surveys.models import OtherCollection, ServiceImpact, SurveyVersion

# Fewer finish in Spanish: the page shows what a newcomer should look for.
_FINISHED = {"en": 0.84, "es": 0.71}
_USUAL_HOURS = 7.0
# What services cost in a year, in dollars, and how much they matter, 1 to 5.
_IMPACTS = {
    "boat-permits": (14_200_000, 3),
    "flood-grants": (96_000_000, 5),
    "campsite-booking": (21_500_000, 2),
    "trail-conditions": (1_900_000, None),
}


def add_reaching(built: Built, today: date) -> int:
    """Counts of pages opened and of hours to the answer, for this quarter; how many answers."""
    quarter = Quarter.of(today)
    found = 0
    for versions in built.versions.values():
        answers = Response.objects.filter(version=versions[-1], day__gte=quarter.first_day)
        rows = answers.values_list("language", "day").annotate(n=Count("pk")).order_by()
        ReachCount.objects.bulk_create(
            ReachCount(
                version=versions[-1], day=day, kind="language", value=language,
                people=round(n / _FINISHED.get(language, 0.8)),
            )
            for language, day, n in rows
        )  # fmt: skip
        found += sum(n for *_, n in rows)
    _add_hours(built.versions["boat-permits"][-1], quarter)
    count_reach(timezone.now())
    return found


def _add_hours(version: SurveyVersion, quarter: Quarter) -> None:
    """Half answer within some hours, some days later."""
    n = Response.objects.filter(version=version, day__gte=quarter.first_day).count()
    counts: dict[int, int] = {}
    for each in range(n):
        hours = math.ceil(-_USUAL_HOURS * math.log(1 - draw("hours", str(each))))
        counts[min(hours, LONGEST_HOURS)] = counts.get(min(hours, LONGEST_HOURS), 0) + 1
    ReachCount.objects.bulk_create(
        ReachCount(
            version=version, day=quarter.first_day, kind="answered", value=str(hours), people=people
        )
        for hours, people in counts.items()
    )


def add_elsewhere(built: Built) -> None:
    """Surveys of the agency in other systems, so that the plan shows what adds up."""
    permits = built.services["boat-permits"]
    usual = {"agency": built.department, "recorded_by": built.people["cx_lead"]}
    OtherCollection.objects.create(
        **usual, title="Trust in the department", level="relationship", timing="Each January",
        population="A panel of boat owners and hikers", people=40_000, invited=0.1,
        answering=0.22, minutes=6, control_number="3000-0028",
    )  # fmt: skip
    OtherCollection.objects.create(
        **usual, service=permits, title="Call center: one question after the call",
        level="transaction", timing="Right after each call", population="Callers about permits",
        people=18_000, invited=4.6, answering=0.09, minutes=0.5, control_number="3000-0031",
    )  # fmt: skip
    OtherCollection.objects.create(
        **usual, service=permits, title="From the first question to the permit", level="journey",
        timing="April and October", population="New boat owners, after their first permit",
        months=[4, 10], people=3_000, invited=0.5, minutes=8,
    )  # fmt: skip
    for code, (cost, priority) in _IMPACTS.items():
        ServiceImpact.objects.create(
            service=built.services[code], cost=cost, priority=priority,
            source="Simulated budget and interviews", recorded_by=built.people["cx_lead"],
        )  # fmt: skip
