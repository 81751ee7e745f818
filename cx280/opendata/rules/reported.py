"""Reports of earlier quarters in the shape of a release, with its rules for small groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from cx280.circular.deadlines import quarter_due
from cx280.circular.edition import edition
from cx280.kernel.quarter import Quarter
from cx280.reporting.rules.content import (
    VERSION,
    Content,
    Deadline,
    Named,
    NamedService,
    Question,
    SurveyReport,
    Volumes,
)
from cx280.reporting.rules.publishing import public_version
from cx280.stats.intervals import wilson

EDITION = "FY2022"  # the first edition that is data; it lends the drivers and the due dates
_FIVE_COLUMNS = "agree5"  # reports have five columns, whatever the scale was
_MANY = 20  # so many answers that all of them alike are no answers but something else
ONE_COLUMN = "The report puts every answer in one column, so no share is shown."


@dataclass(frozen=True, slots=True)
class AskedThen:
    """One question of a reported row; counts: answers in the five columns, lowest first."""

    position: int
    text: str
    construct: str
    statement: str
    wording: str
    scale: str
    comparable: str
    counts: Sequence[int]
    mean: float | None


@dataclass(frozen=True, slots=True)
class SurveyThen:
    """One reported row: a survey of the service in the quarter."""

    code: str
    title: str
    transaction_point: str
    channel: str
    control_number: str
    customers: int | None
    offered: int | None
    respondents: int | None
    questions: Sequence[AskedThen]


def reported_quarter(
    agency: Named,
    hisp: Named,
    service: NamedService,
    quarter: Quarter,
    surveys: Sequence[SurveyThen],
    smallest: int,
) -> Content:
    """The quarter as a release would show it: groups under `smallest` people are hidden."""
    due = quarter_due(edition(EDITION), quarter)
    told = [_survey(each) for each in surveys]
    whole = Content(
        version=VERSION,
        edition=EDITION,
        agency=agency,
        hisp=hisp,
        service=service,
        quarter=str(quarter),
        starts_on=quarter.first_day,
        ends_on=quarter.last_day,
        deadline=Deadline(
            due=due.due,
            rule_date=due.rule_date,
            act_by=due.act_by,
            published=due.published,
            source=due.source,
        ),
        customers_served=None,
        surveys=told,
        indicators=[],
        not_applicable=[],
        accomplishments="",
        reflection="",
        caveats=[],
    )
    return _as_reported(public_version(whole, smallest), surveys)


def _survey(then: SurveyThen) -> SurveyReport:
    rate, reason = _rate(then)
    return SurveyReport(
        code=then.code,
        title=then.title,
        versions=[],
        level="transaction",
        mode="",
        channel=then.channel,
        placement="",
        transaction_point=then.transaction_point,
        journey="",
        is_moment=False,
        control_number=then.control_number,
        expires_on=None,
        collected_from=None,
        collected_to=None,
        volumes=Volumes(
            customers=then.customers, offered=then.offered, respondents=then.respondents
        ),
        response_rate=rate,
        response_rate_reason=reason,
        self_selected=False,
        questions=[_question(each) for each in then.questions],
    )


def _rate(then: SurveyThen) -> tuple[float | None, str]:
    if not then.offered:
        return None, "Not computable: the report does not say how many people were asked."
    if then.respondents is None:
        return None, "Not computable: the report does not say how many people answered."
    if then.respondents > then.offered:
        return None, (
            f"Not computable: the report counts {then.respondents:,} people who answered"
            f" and {then.offered:,} who were asked."
        )
    return then.respondents / then.offered, ""


def is_in_one_column(counts: Sequence[int]) -> bool:
    """Whether all of many answers are the same: a total or a mean that stands in for counts."""
    return sum(counts) >= _MANY and sum(each > 0 for each in counts) == 1


def _oddities(surveys: Sequence[SurveyThen]) -> list[str]:
    odd = [each.title for each in surveys
           if any(is_in_one_column(asked.counts) for asked in each.questions)]  # fmt: skip
    return [f"{title}: {ONE_COLUMN[0].lower()}{ONE_COLUMN[1:]}" for title in dict.fromkeys(odd)]


def _question(then: AskedThen) -> Question:
    n = sum(then.counts)
    agreeing = sum(then.counts[3:])
    can_say = n > 0 and not is_in_one_column(then.counts)
    low, high = wilson(agreeing, n) if can_say else (None, None)
    driver = edition(EDITION).driver_of(then.construct)
    return Question(
        id=f"q{then.position}",
        construct=then.construct,
        driver=driver.code if driver else None,
        text=then.text,
        statement=then.statement,
        wording=then.wording,
        scale=_FIVE_COLUMNS,
        mode="scale",
        comparable=then.comparable,
        answered=n,
        counts=list(then.counts),
        agreeing=agreeing / n if can_say else None,
        low=low,
        high=high,
        mean=then.mean,
    )


def _as_reported(content: Content, surveys: Sequence[SurveyThen]) -> Content:
    """The scales people saw instead of the five columns, and what is odd about the counts."""
    scales = {(each.code, f"q{asked.position}"): asked.scale for each in surveys
              for asked in each.questions}  # fmt: skip
    return replace(
        content,
        caveats=[*content.caveats, *_oddities(surveys)],
        surveys=[
            replace(
                survey,
                questions=[
                    replace(each, scale=scales[survey.code, each.id]) for each in survey.questions
                ],
            )
            for survey in content.surveys
        ],
    )
