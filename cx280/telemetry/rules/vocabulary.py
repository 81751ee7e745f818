"""The closed word lists of telemetry: tiers of use, kinds of event, the life of a flow."""

from enum import IntEnum

from cx280.kernel.words import Word


class Tier(IntEnum):
    """The usage tiers of OMB M-10-22: how long, and how closely, people are followed."""

    SINGLE_SESSION = 1
    SEVERAL_SESSIONS = 2
    SEVERAL_SESSIONS_WITH_PII = 3

    @property
    def label(self) -> str:
        """What the tier means, as people read it."""
        return _TIERS[self]


_TIERS = {
    Tier.SINGLE_SESSION: "Tier 1: one visit only, nothing that says who somebody is",
    Tier.SEVERAL_SESSIONS: "Tier 2: several visits, nothing that says who somebody is",
    Tier.SEVERAL_SESSIONS_WITH_PII: "Tier 3: several visits, with personal data",
}


class EventKind(Word):
    """What kind of thing happened (280.7-d1)."""

    PAGE_VIEW = "page_view", "Page view"
    CLICK = "click", "Click"
    TRANSACTION_START = "transaction_start", "Flow started"
    TRANSACTION_COMPLETE = "transaction_complete", "Flow completed"
    ERROR = "error", "Error"
    OTHER = "other", "Other: a step, page speed, “helpful”"

    @property
    def is_key_action(self) -> bool:
        """Whether it is one of the key actions: clicks, page views, transactions (280.7-d1)."""
        return self not in {EventKind.ERROR, EventKind.OTHER}


class Turn(Word):
    """On which side of its threshold a metric calls for the planned action."""

    BELOW = "below", "below"
    ABOVE = "above", "above"


class FlowState(Word):
    """Where a flow stands in its life (280.7-i2)."""

    LIVE = "live", "Live"
    OPTIMISED = "optimised", "Optimized"
    DEPRECATED = "deprecated", "Deprecated"
