"""What the way to a grant takes of people: one journey, before a change and after it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from cx280.burden.actions import assess_step, state_wage
from cx280.burden.models import StepBurden
from cx280.paperwork.models import BurdenChange
from cx280.services.models import Journey, JourneyStep
from cx280.site.demo.records import Built

_JOURNEY = "mooring-licenses"
_FAR = "People far from an office"
# Step, of whom, repeats, to find out, to fill in, documents, minutes for one, trips, minutes and
# dollars of one, fees, strain and of how many, people asked, people a year. None: nobody looked.
_BEFORE = (
    ("Finds out what to do", "", "1.4", 35, 0, 0, None, 0, None, None, 0, "2.6", 44, 44, 6200),
    ("Applies or asks", "", "1.2", 10, 55, 3, 20, 1, 70, 9, 35, "3.4", 44, 44, 5400),
    ("Applies or asks", _FAR, "1.2", 15, 55, 3, 30, 1, 210, 31, 35, "4.1", 21, 21, 1300),
)
_AFTER = (
    ("Applies or asks", "", "1.1", 8, 40, 1, 20, 0, None, None, 35, "2.7", 38, 38, 5600),
    ("Applies or asks", _FAR, "1.1", 10, 40, 1, 30, 0, None, None, 35, None, None, 16, 1400),
)


def add_burden(built: Built, today: date) -> int:
    """How many steps are assessed, before and after papers can be sent by phone."""
    service = built.services.get(_JOURNEY)
    journey = Journey.objects.filter(service=service).first() if service else None
    if service is None or journey is None:
        return 0
    lead, day = built.people["cx_lead"], today - timedelta(days=120)
    steps = {each.name: each for each in journey.steps.all()}
    change = BurdenChange.objects.create(
        service=service, title="Papers are sent as photos from a phone", changed_on=day,
        recorded_by=lead,
    )  # fmt: skip
    for rows, start, brought in ((_BEFORE, day - timedelta(days=200), None), (_AFTER, day, change)):
        for row in rows:
            _assess(built, journey, steps, row, start, brought)
    state_wage(journey, by=lead, values={
        "dollars_an_hour": Decimal("23.11"), "from_on": day - timedelta(days=200),
        "source": "Made-up median hourly wage, for this demonstration only",
    })  # fmt: skip
    return StepBurden.objects.count()


def _assess(
    built: Built,
    journey: Journey,
    steps: dict[str, JourneyStep],
    row: tuple[object, ...],
    start: date,
    change: BurdenChange | None,
) -> None:
    names = (
        "repeats", "learning_minutes", "paper_minutes", "documents", "document_minutes", "trips",
        "trip_minutes", "trip_dollars", "fees", "strain", "strain_n", "observed",
        "people_per_year",
    )  # fmt: skip
    step, segment, *figures = row
    decimal = {"repeats", "strain"}
    values = {
        name: Decimal(str(value)) if name in decimal and value is not None else value
        for name, value in zip(names, figures, strict=True)
    }
    assess_step(journey, by=built.people["cx_lead"], values={
        **values, "step": steps[str(step)], "segment": segment, "from_on": start, "change": change,
        "source": "Walked through with applicants in two offices",
    })  # fmt: skip
