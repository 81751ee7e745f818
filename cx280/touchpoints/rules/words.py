"""Words of ours as words of Touchpoints."""

from __future__ import annotations

from collections.abc import Collection

from cx280.reporting.rules.states import State
from cx280.services.rules.vocabulary import Channel

# What is signed and not sent is still a draft there; what OMB took is sent until it is published.
_STATES = {
    State.DRAFT: "draft",
    State.CERTIFIED: "draft",
    State.SUBMITTED: "submitted",
    State.RETURNED: "change_requested",
    State.ACCEPTED: "submitted",
    State.PUBLISHED: "published",
}
_THUMBS = frozenset({"thumbs", "yesno"})
# A detail belongs to a collection and a survey; one number tells both.
_SURVEYS = 10_000_000


def state_of(state: str) -> str:
    """The `aasm_state` of a quarter."""
    return _STATES[State.of(state)]


def survey_type(scale: str) -> str:
    """`thumbs_up_down` or `likert_scale`: 1 is the best of one and the worst of the other."""
    return "thumbs_up_down" if scale in _THUMBS else "likert_scale"


def is_digital(channels: Collection[str]) -> bool:
    """Whether the service is given digitally: websites and apps count, as they do not there."""
    return any(Channel.of(each).is_digital for each in channels)


def detail_key(collection: int, survey: int) -> int:
    """The id of a detail: of a collection and a survey."""
    return collection * _SURVEYS + survey


def collection_and_survey(detail: int) -> tuple[int, int]:
    """The numbers that `detail_key` put together."""
    return divmod(detail, _SURVEYS)
