"""Draws a survey's part of a report from its document and the counted answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from msgspec.structs import replace

from cx280.circular.edition import Edition
from cx280.circular.implements import implements
from cx280.measures.rules.basis import Basis, basis_of, gives_interval, weakest
from cx280.measures.rules.comparability import Key, key_of
from cx280.measures.rules.scores import (
    SCALES,
    ResponseRate,
    add_up,
    mean_of,
    response_rate,
    share_agreeing,
)
from cx280.reporting.rules.content import Question, SurveyReport, Tap, Volumes
from cx280.surveys.rules.codes import option_codes
from cx280.surveys.rules.document import Question as Asked
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.vocabulary import Construct

# Not reported: people's own words, and what only the agency wanted to know.
UNREPORTED = frozenset({Construct.COMMENT, Construct.ADDITIONAL})
POLARITIES = ("high", "middle", "low")


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a question was shown and answered, and each code given."""

    counts: Mapping[str, int]
    shown: int
    answered: int


# {(question id, polarity or ""): tally}
Tallies = Mapping[tuple[str, str], Tally]
NOBODY = Tally({}, 0, 0)


@dataclass(frozen=True, slots=True)
class Fielded:
    """One frozen version of a survey and what was counted for it in the quarter."""

    number: int
    document: SurveyDocument
    tallies: Tallies
    respondents: int
    offered: int | None
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a survey besides its document: where it stands and under which clearance.

    customers, offered: what people wrote down; used where cx280 does not count.
    """

    code: str
    title: str
    channel: str
    transaction_point: str
    journey: str
    is_moment: bool
    control_number: str
    expires_on: date | None
    permits_release: bool
    customers: int | None
    offered: int | None


def report_survey(about: About, fielded: list[Fielded], edition: Edition) -> SurveyReport:
    """The survey's part of the report; versions are pooled question by question, where the
    question is the same word for word."""
    latest = fielded[-1].document
    # Once a version was a plain link, the quarter holds answers people chose to give.
    basis = weakest(basis_of(each.document.placement) for each in fielded)
    self_selected = basis is Basis.CHOSE
    respondents = sum(each.respondents for each in fielded)
    offered = _offered(about, fielded, self_selected)
    rate = response_rate(offered, respondents)
    days = [day for each in fielded for day in (each.first_day, each.last_day) if day]
    return SurveyReport(
        code=about.code,
        title=about.title,
        versions=[each.number for each in fielded],
        level=latest.level.value,
        mode=latest.mode.value,
        channel=about.channel,
        placement=latest.placement.value,
        transaction_point=about.transaction_point,
        journey=about.journey,
        is_moment=about.is_moment,
        control_number=about.control_number,
        expires_on=about.expires_on,
        collected_from=min(days, default=None),
        collected_to=max(days, default=None),
        volumes=Volumes(customers=about.customers, offered=offered, respondents=respondents),
        response_rate=rate.rate,
        response_rate_reason=_why_no_rate(rate, offered, self_selected),
        self_selected=self_selected,
        questions=_questions(fielded, edition, with_margin=gives_interval(basis)),
        permits_release=about.permits_release,
    )


def _why_no_rate(rate: ResponseRate, offered: int | None, self_selected: bool) -> str:
    """Nobody was asked, or nobody counted who was asked: two different things."""
    if offered is None and not self_selected:
        return "Not known: nobody counted how many people were asked."
    return rate.reason


@implements("INC-33")
def _offered(about: About, fielded: list[Fielded], self_selected: bool) -> int | None:
    """How many people were asked: counted, else written down; a plain link asks nobody."""
    if self_selected:
        return None
    counted = [each.offered for each in fielded]
    known = [each for each in counted if each is not None]
    return sum(known) if known and len(known) == len(counted) else about.offered


def _questions(fielded: list[Fielded], edition: Edition, *, with_margin: bool) -> list[Question]:
    pooled: dict[tuple[str, str, str], list[tuple[Fielded, Asked]]] = {}
    for version in fielded:
        for asked in version.document.questions:
            if asked.measures(*UNREPORTED):
                continue
            key = key_of(asked, version.document, edition)
            pooled.setdefault((asked.id, asked.words(), key.written), []).append((version, asked))
    return [_report_question(same, edition, with_margin=with_margin) for same in pooled.values()]


def _construct(asked: Asked) -> str:
    return asked.construct.value if isinstance(asked.construct, Construct) else ""


def _report_question(
    same: list[tuple[Fielded, Asked]], edition: Edition, *, with_margin: bool
) -> Question:
    version, asked = same[-1]
    key = key_of(asked, version.document, edition)
    tally = _pooled(same, "")
    driver = edition.driver_of(_construct(asked))
    question = Question(
        id=asked.id,
        construct=_construct(asked),
        driver=driver.code if driver else None,
        text=asked.words(),
        statement=_statement(key),
        wording=key.wording,
        scale=asked.answered_by.value,
        mode=asked.mode.value if asked.mode else "scale",
        comparable=key.written,
        parent=asked.parent or "",
        answered=tally.answered,
    )
    if not question.is_scale or asked.measures(Construct.DRIVERS):
        return replace(question, taps=_taps(same, edition))
    return _with_scale(question, tally, with_margin=with_margin)


def _statement(key: Key) -> str:
    """The id of the base statement, or nothing where the words are the survey's own."""
    return key.statement if len(key.statement) <= 5 else ""


def _pooled(same: list[tuple[Fielded, Asked]], polarity: str) -> Tally:
    found = [version.tallies.get((asked.id, polarity), NOBODY) for version, asked in same]
    return Tally(
        counts=add_up(each.counts for each in found),
        shown=sum(each.shown for each in found),
        answered=sum(each.answered for each in found),
    )


def _with_scale(question: Question, tally: Tally, *, with_margin: bool) -> Question:
    """Counts, share and mean; a margin of error only where people were asked (INC-44)."""
    scale = SCALES.get(question.scale)
    if scale is None:
        return question
    share = share_agreeing(tally.counts, question.scale)
    mean = mean_of(tally.counts, question.scale) if scale.has_mean else None
    return replace(
        question,
        counts=[tally.counts.get(str(code), 0) for code in scale.codes],
        agreeing=share.share,
        low=share.low if with_margin and share.n else None,
        high=share.high if with_margin and share.n else None,
        mean=float(mean.mean) if mean else None,
    )


@implements("INC-15")
def _taps(same: list[tuple[Fielded, Asked]], edition: Edition) -> list[Tap]:
    """Each option's taps by what the people had rated, or of all where nothing was rated."""
    _, asked = same[-1]
    tallies = {way: _pooled(same, way) for way in POLARITIES}
    if not any(each.shown for each in tallies.values()):
        tallies = {"all": _pooled(same, "")}
    return [
        Tap(
            driver=_driver_code(option.driver or "", edition),
            text=option.words(),
            polarity=way,
            tapped=tally.counts.get(code, 0),
            shown=tally.shown,
        )
        for code, option in zip(option_codes(asked), asked.options, strict=True)
        for way, tally in tallies.items()
        if tally.shown or way == "all"
    ]


def _driver_code(written: str, edition: Edition) -> str:
    """The driver behind an option: its code, or the driver its construct informs; else other."""
    if written in edition.driver_codes:
        return written
    driver = edition.driver_of(written)
    return driver.code if driver else "other"
