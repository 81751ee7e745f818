"""A service that breaks no rule, to break one thing at a time."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from cx280.services.rules.facts import JourneyFacts, ServiceFacts, Step, Volume
from cx280.services.rules.vocabulary import Channel, PerformerKind, Stage

WHOLE = ServiceFacts(
    name="Boat permit",
    description="Permits for boats on Federal waters, new or renewed.",
    unit="Permit office",
    service_type="administrative",
    occasion="Somebody bought a boat.",
    offering="A permit for one season.",
    outcome="The permit is issued.",
    channels=frozenset({Channel.WEBSITE, Channel.IN_PERSON}),
    accessible_methods="TTY, Spanish",
    performers=(PerformerKind.EMPLOYEE,),
    tools=("Permit database",),
    customers=(("individual", "direct"),),
    volumes=(Volume(2021, 12_000, "Annual report"),),
    journeys=(
        JourneyFacts(
            "Getting a permit",
            (
                Step("Buys a boat", Stage.START),
                Step("Applies", Stage.PROCESS, transaction_type="apply"),
                Step("Has the permit", Stage.END),
            ),
        ),
    ),
    on=date(2022, 3, 1),
    reviewed_on=date(2021, 6, 15),
)


def a_whole_service(**fields: Any) -> ServiceFacts:
    """The service without a finding, with some fields changed."""
    return replace(WHOLE, **fields)


TEXT = st.text(max_size=30)
CHANNELS = st.frozensets(st.sampled_from(list(Channel)))

ANY_SERVICE = st.builds(
    ServiceFacts,
    name=TEXT,
    description=st.text(max_size=1100),
    unit=TEXT,
    unit_is_active=st.booleans(),
    namesakes=st.integers(0, 3),
    service_type=st.sampled_from(["", "other", "benefits", "nonsense"]),
    service_type_reason=TEXT,
    occasion=TEXT,
    offering=TEXT,
    outcome=TEXT,
    channels=CHANNELS,
    retired_channels=CHANNELS,
    why_not_digital=TEXT,
    digital_potential=TEXT,
    traditional_exemption=TEXT,
    traditional_exemption_by=TEXT,
    accessible_methods=TEXT,
    performers=st.lists(st.sampled_from(list(PerformerKind)), max_size=3).map(tuple),
    tools=st.lists(TEXT, max_size=3).map(tuple),
    survey_channels=st.none() | CHANNELS,
    on=st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    reviewed_on=st.none() | st.dates(date(2018, 1, 1), date(2030, 1, 1)),
)
