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
from cx280.surveys.models import SurveyVersion

# Fewer finish in Spanish: the page shows what a newcomer should look for.
_FINISHED = {"en": 0.84, "es": 0.71}
_USUAL_HOURS = 7.0


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
