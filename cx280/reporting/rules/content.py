"""The content of a quarter: what a service reports to OMB, and what a release shows the public.

One shape serves the package as it is signed, the release, and everything written out of them.
Figures that nobody knows are null with the reason beside them; a field that only people inside
may read is `internal` and is absent from a release, not empty.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

import msgspec
from msgspec import UNSET, Struct, UnsetType

from cx280.kernel.problem import Unusable

# Raised by one whenever a field changes its meaning; older contents stay readable.
VERSION = 1


class Part(Struct, frozen=True, forbid_unknown_fields=True):
    """What every part of a content is: never changed, and strict about its fields."""


class Named(Part, frozen=True, kw_only=True):
    """An agency or a provider: the code that files name it by, and its name."""

    code: str
    name: str


class NamedService(Named, frozen=True, kw_only=True):
    """The service, with its type as the Circular names the seven."""

    service_type: str


class Deadline(Part, frozen=True, kw_only=True):
    """When the report is due. `due` wins; `rule_date` is what the rule alone gives.

    act_by: the earlier of the two, which reminders use. published: whether OMB printed `due`.
    source: the catalogue id that `due` rests on (INC-01).
    """

    due: date
    rule_date: date
    act_by: date
    published: bool
    source: str


class Volumes(Part, frozen=True, kw_only=True):
    """People: served at this point, offered the survey, and who answered. null is unknown."""

    customers: int | None
    offered: int | None
    respondents: int | None


class Tap(Part, frozen=True, kw_only=True):
    """How often one driver was tapped, of those it was shown to.

    polarity: which way those it was shown to had rated: high, middle, low, or all (INC-15).
    """

    driver: str
    text: str
    polarity: str
    tapped: int | None
    shown: int | None

    @property
    def share(self) -> float | None:
        """The share selected of those shown, 0 to 1; null where nobody was shown it."""
        return self.tapped / self.shown if self.shown and self.tapped is not None else None


class Question(Part, frozen=True, kw_only=True):
    """One question as it was asked, and how people answered.

    mode: scale, tapping or multiple_choice; parent: the rating whose drivers were offered.
    counts: answers per scale point, lowest first; null for driver choices; in a release a point
    that too few chose is null. agreeing: the share of the highest answers, 0 to 1, with low and
    high where a margin of error applies. mean: sum(point x count) / answered, to two decimals;
    never for taps. withheld: why figures are absent, in words. changed: what differs from the
    question that stood here last quarter, null when nothing does.
    """

    id: str
    construct: str
    driver: str | None
    text: str
    statement: str
    wording: str
    scale: str
    mode: str
    comparable: str
    parent: str = ""
    answered: int | None
    counts: list[int | None] | None = None
    agreeing: float | None = None
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    taps: list[Tap] = []
    withheld: str = ""
    changed: str | None = None

    @property
    def is_scale(self) -> bool:
        """Whether people answered on a scale, rather than by picking drivers."""
        return self.mode == "scale"

    @property
    def has_data(self) -> bool:
        """Whether anybody answered it, or was shown its drivers."""
        return bool(self.answered) or any(tap.shown for tap in self.taps)


class SurveyReport(Part, frozen=True, kw_only=True):
    """One survey of the service in the quarter: how it was asked, of whom, and its questions.

    collected_from, collected_to: the first and the last day with an answer, in the service's own
    time zone. self_selected: people found the survey by themselves, so nothing is known of those
    who did not. response_rate: respondents / offered, null with its reason (INC-33).
    """

    code: str
    title: str
    versions: list[int]
    level: str
    mode: str
    channel: str
    placement: str
    transaction_point: str
    journey: str
    is_moment: bool
    control_number: str
    expires_on: date | None
    collected_from: date | None
    collected_to: date | None
    volumes: Volumes
    response_rate: float | None
    response_rate_reason: str
    self_selected: bool
    questions: list[Question]
    permits_release: bool | UnsetType = UNSET  # internal: terms of the clearance (INC-27)

    def question(self, construct: str) -> Question | None:
        """The first question about the construct, or None."""
        return next((each for each in self.questions if each.construct == construct), None)


class Indicator(Part, frozen=True, kw_only=True):
    """A service-level indicator as numbers (280.10-r1, 280.15-a4)."""

    name: str
    unit: str
    direction: str
    target: float | None
    value: float | None
    numerator: float | None
    denominator: float | None


class NotApplicable(Part, frozen=True, kw_only=True):
    """A driver that does not apply to the service, why, and who agreed (INC-21)."""

    driver: str
    reason: str
    approver: str | UnsetType = UNSET  # internal: a person's name


class Noise(Part, frozen=True, kw_only=True):
    """The noise in every count of a release (differential privacy), and what it costs.

    epsilon: the privacy budget that the unit, one person's answers to one survey, spends in this
    release; epsilon_each: on one question. expected_error: people a count is off on average.
    """

    epsilon: float
    epsilon_each: float
    mechanism: str
    unit: str
    expected_error: float


class Content(Part, frozen=True, kw_only=True):
    """A service's quarter, whole. noise: absent where nothing was added, as is the rule."""

    version: int
    edition: str
    agency: Named
    hisp: Named
    service: NamedService
    quarter: str
    starts_on: date
    ends_on: date
    deadline: Deadline
    customers_served: int | None
    surveys: list[SurveyReport]
    indicators: list[Indicator]
    not_applicable: list[NotApplicable]
    accomplishments: str
    reflection: str
    caveats: list[str]
    simulated: bool = False
    noise: Noise | UnsetType = UNSET

    def questions_about(self, construct: str) -> list[Question]:
        """Every question of every survey with that construct, in order."""
        return [
            question
            for survey in self.surveys
            for question in survey.questions
            if question.construct == construct
        ]

    def survey(self, code: str) -> SurveyReport | None:
        """The survey with that code, or None."""
        return next((each for each in self.surveys if each.code == code), None)


def as_json(content: Content) -> dict[str, Any]:
    """The content as plain JSON values: dates as ISO strings, internal fields only if set."""
    plain: dict[str, Any] = msgspec.to_builtins(content)
    return plain


def read_content(raw: object) -> Content:
    """The content in stored JSON; raises Unusable that names the field at fault."""
    if isinstance(raw, dict) and raw.get("version", VERSION) != VERSION:
        raise Unusable(f"This content has version {raw['version']}; version {VERSION} is read.")
    try:
        return msgspec.convert(raw, Content)
    except msgspec.ValidationError as problem:
        raise Unusable(f"This is not the content of a quarter: {problem}.") from problem


def canonical(content: Content) -> bytes:
    """The content as canonical JSON: sorted keys, no spaces, UTF-8. Equal contents, equal bytes."""
    return json.dumps(
        as_json(content), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode("utf-8")


def digest(content: Content) -> str:
    """The SHA-256 of the canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(content)).hexdigest()
