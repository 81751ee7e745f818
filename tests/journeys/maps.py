"""Journeys for tests: any that can be stored, and one drawn in the record."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.journeys.actions.drawing import bring_in
from cx280.journeys.rules.editing import Sketch
from cx280.journeys.rules.record import MapRecord, StepRecord
from cx280.services.models import Journey, Service
from cx280.services.rules.vocabulary import Channel, Stage, TransactionType

NOW = datetime(2022, 5, 2, 15, tzinfo=UTC)
_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\r"), max_size=30)
_LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=30)
_NAME = _LINE.filter(str.strip)
_LIST = st.lists(_NAME, max_size=2, unique=True).map(lambda found: tuple(sorted(found)))


def _with_source(step: StepRecord) -> bool:
    return step.feeling is None or bool(step.source.strip())


# Steps as any service may have them: nothing in them must exist elsewhere.
STEPS = st.builds(
    StepRecord,
    name=_NAME,
    stage=st.sampled_from([each.value for each in Stage]),
    channel=st.sampled_from(["", *(each.value for each in Channel)]),
    transaction_type=st.sampled_from(["", *(each.value for each in TransactionType)]),
    moment=_TEXT, thinks=_TEXT, front_stage=_TEXT, back_stage=_TEXT, policy=_TEXT,
    feeling=st.none() | st.integers(-2, 2), source=_LINE, service=_LINE,
    systems=_LIST, shared=st.booleans(),
).filter(_with_source)  # fmt: skip
MAPS = st.builds(
    MapRecord,
    name=_NAME, goal=_TEXT, customers=_LINE, steps=st.lists(STEPS, max_size=4).map(tuple),
)  # fmt: skip


def sketched(*names: str) -> Sketch:
    """A journey of steps with these names, numbered from 1."""
    steps = tuple(StepRecord(name=each) for each in names)
    return Sketch(MapRecord(name="Permit", steps=steps), tuple(range(1, len(names) + 1)))


PERMIT = MapRecord(
    name="Getting a permit",
    goal="Be on the lake by May.",
    customers="New boat owners",
    steps=(
        StepRecord(name="Buys a boat", stage="start"),
        StepRecord(
            name="Applies", channel="website", transaction_type="apply",
            moment="Most people give up here.", thinks="Which form is mine?", feeling=-1,
            source="12 interviews, May 2022", front_stage="Clerk checks the form.",
            back_stage="Fee is booked.", systems=("Permit database",), policy="43 CFR",
        ),
        StepRecord(name="Has the permit", stage="end"),
    ),
)  # fmt: skip


def a_map(service: Service, by: Person, record: MapRecord = PERMIT) -> Journey:
    """The journey as drawn in the record."""
    return bring_in(service, record, by=by, now=NOW)


def a_long_map(steps: int = 40) -> MapRecord:
    """A journey of so many steps, each with words on its lanes."""
    between = tuple(
        StepRecord(
            name=f"Brings paper {n} to the office in the next town", channel="in_person",
            transaction_type="comply", thinks="Have I not sent this one before?",
            feeling=-2 + n % 5, source="8 interviews", front_stage="Clerk copies it.",
            back_stage="Scans and files it with the others.", systems=("Case file", "Scanner"),
        )
        for n in range(steps - 2)
    )  # fmt: skip
    first = StepRecord(name="Falls ill", stage="start")
    last = StepRecord(name="Has the benefit", stage="end")
    return MapRecord(name="A long way to a benefit", steps=(first, *between, last))
