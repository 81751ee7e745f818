"""Whole records of services, with any text a person could type."""

from datetime import date

from hypothesis import strategies as st

from cx280.services.rules.record import (
    ChannelRecord,
    CustomerRecord,
    JourneyRecord,
    PartnerRecord,
    ReviewRecord,
    RoleRecord,
    ServiceRecord,
    StepRecord,
    VolumeRecord,
)
from cx280.services.rules.vocabulary import (
    Channel,
    CustomerType,
    InteractionPath,
    PerformerKind,
    ReviewOutcome,
    Stage,
    TransactionType,
)

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
# What a person types into a field that must not be blank; forms trim both ends.
WORDS = TEXT.filter(str.strip)
# A name stands on one line.
NAMES = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=40
).filter(str.strip)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1))
CODES = st.from_regex(r"[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,4})?", fullmatch=True).map(
    lambda code: f"{code}-x"
)


def _tuple(part: st.SearchStrategy, key: str = "", size: int = 3) -> st.SearchStrategy:
    unique = (lambda each: getattr(each, key)) if key else None
    return st.lists(part, max_size=size, unique_by=unique).map(tuple)


CHANNELS = _tuple(
    st.builds(ChannelRecord, channel=st.sampled_from(list(Channel)), since=DAYS, until=DAYS),
    "channel",
)
ROLES = _tuple(st.builds(RoleRecord, task=NAMES, performer=st.sampled_from(list(PerformerKind))))
TOOLS = st.lists(NAMES, max_size=3, unique=True).map(tuple)
CUSTOMERS = _tuple(
    st.builds(
        CustomerRecord,
        type=st.sampled_from(list(CustomerType)),
        path=st.sampled_from(list(InteractionPath)),
    ),
    "type",
)
VOLUMES = _tuple(
    st.builds(
        VolumeRecord,
        fiscal_year=st.integers(2000, 2040),
        customers=st.integers(0, 10**12),
        source=NAMES,
        channel=st.sampled_from(["", *Channel]),
    ),
    "fiscal_year",
)
PARTNERS = _tuple(st.builds(PartnerRecord, name=NAMES, contact=st.just("") | NAMES))
STEPS = _tuple(
    st.builds(
        StepRecord,
        name=NAMES,
        stage=st.sampled_from(list(Stage)),
        channel=st.sampled_from(["", *Channel]),
        moment=TEXT,
        front_stage=TEXT,
        back_stage=TEXT,
        policy=TEXT,
        transaction_type=st.sampled_from(["", *TransactionType]),
    )
)
JOURNEYS = _tuple(st.builds(JourneyRecord, name=NAMES, steps=STEPS), "name", 2)

REVIEWS = _tuple(
    st.builds(
        ReviewRecord,
        on=st.dates(date(1990, 1, 1), date(2100, 1, 1)),
        outcome=st.sampled_from(list(ReviewOutcome)),
        reason=WORDS,
        reviewer=st.sampled_from(["", "A. Chief | B; C"]),
    ),
    "on",
    2,
)

RECORDS = st.builds(
    ServiceRecord,
    code=CODES,
    name=NAMES,
    unit=st.just("unit-1"),
    description=TEXT,
    service_type=st.sampled_from(["", "benefits", "other"]),
    service_type_reason=TEXT,
    transaction_type=st.sampled_from(["", "apply"]),
    process_kind=st.sampled_from(["", "series"]),
    occasion_kind=st.sampled_from(["", "story", "life_event"]),
    occasion=TEXT,
    offering=TEXT,
    outcome=TEXT,
    why_not_digital=TEXT,
    digital_potential=TEXT,
    traditional_exemption=TEXT,
    traditional_exemption_by=st.just("") | NAMES,
    accessible_methods=TEXT,
    website=st.sampled_from(["", "https://example.gov/boats?a=1;b|c"]),
    eligible_population=st.none() | st.integers(0, 10**12),
    retired_on=DAYS,
    channels=CHANNELS,
    roles=ROLES,
    tools=TOOLS,
    customers=CUSTOMERS,
    volumes=VOLUMES,
    partners=PARTNERS,
    journeys=JOURNEYS,
    reviews=REVIEWS,
)
INVENTORIES = st.lists(RECORDS, max_size=3, unique_by=lambda record: record.code)
