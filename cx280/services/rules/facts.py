"""ServiceFacts: everything the checks want to know of a service on one day, as plain values."""

from dataclasses import dataclass
from datetime import date

from cx280.services.rules.vocabulary import Channel, PerformerKind, Stage

OTHER_TYPE = "other"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a journey, in its order; `tools` are the systems named in its blueprint."""

    name: str
    stage: Stage
    is_moment: bool = False
    tools: tuple[str, ...] = ()
    channel: str = ""
    transaction_type: str = ""

    @property
    def is_touchpoint(self) -> bool:
        """Whether the customer meets the Government in this step."""
        return is_touchpoint(self.stage, self.channel)


@dataclass(frozen=True, slots=True)
class JourneyFacts:
    """A journey's name and its steps, first to last."""

    name: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Volume:
    """How many customers in a fiscal year; `channel` is None for all channels together."""

    fiscal_year: int
    customers: int
    source: str
    channel: Channel | None = None


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody else who helps deliver the service, and whom to ask there."""

    name: str
    contact: str = ""


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service on one day.

    unit: the responsible unit's name, blank when there is none. namesakes: how many other
    services of the agency carry the same name. channels: those in use on the day;
    retired_channels: those that ended before it. performers: who does the tasks of the delivery
    chain. customers: kinds of customer, each with its path. survey_channels: the channels of the
    surveys open on the day, None when nobody looked. on: the day; None when no day counts.
    reviewed_on: when somebody last looked whether it could be given digitally.
    """

    name: str
    description: str = ""
    unit: str = ""
    unit_is_active: bool = True
    namesakes: int = 0
    service_type: str = ""
    service_type_reason: str = ""
    occasion: str = ""
    offering: str = ""
    outcome: str = ""
    channels: frozenset[Channel] = frozenset()
    retired_channels: frozenset[Channel] = frozenset()
    why_not_digital: str = ""
    digital_potential: str = ""
    traditional_exemption: str = ""
    traditional_exemption_by: str = ""
    accessible_methods: str = ""
    performers: tuple[PerformerKind, ...] = ()
    tools: tuple[str, ...] = ()
    customers: tuple[tuple[str, str], ...] = ()
    volumes: tuple[Volume, ...] = ()
    partners: tuple[Partner, ...] = ()
    journeys: tuple[JourneyFacts, ...] = ()
    eligible_population: int | None = None
    survey_channels: frozenset[Channel] | None = None
    on: date | None = None
    reviewed_on: date | None = None

    @property
    def has_digital_channel(self) -> bool:
        """Whether some channel in use is digital."""
        return any(each.is_digital for each in self.channels)

    @property
    def has_traditional_channel(self) -> bool:
        """Whether some channel in use is traditional."""
        return any(not each.is_digital for each in self.channels)

    @property
    def moments(self) -> int:
        """How many steps are moments that matter."""
        return sum(step.is_moment for journey in self.journeys for step in journey.steps)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the checks are measured against; the numbers are ours, not the Circular's.

    types: codes of the service types of the edition; empty when any code will do.
    review_months: how long a look at digital delivery holds (280.7-a2).
    """

    description_min: int = 20
    description_max: int = 1000
    types: frozenset[str] = frozenset()
    review_months: int = 12


def is_touchpoint(stage: Stage, channel: str) -> bool:
    """Whether a step is a touchpoint: every step of the process, and an end with a channel.

    An occasion (“buys a boat”) happens without the Government unless a channel says otherwise.
    """
    return stage is Stage.PROCESS or bool(channel)


def is_blank(text: str) -> bool:
    """Whether nothing was written."""
    return not text.strip()
