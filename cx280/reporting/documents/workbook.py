"""The quarter as a workbook: instructions first, then a sheet for each part."""

from __future__ import annotations

from collections.abc import Iterable

from cx280.pages.workbook import Row, Sheet, share, workbook_of
from cx280.reporting.checks.late import due_in_words
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.template import in_template_places

INSTRUCTIONS = (
    ("What this is", "The feedback of one service in one quarter, as reported under Section 280."),
    ("Overview", "Who reports what, when it is due, how many people were served, texts."),
    ("Surveys", "One row for each survey: where it was asked, of how many, who answered."),
    (
        "Questions",
        "One row for each question. Columns 1 to 10 count the answers for each point of the scale,"
        " lowest first. Share agreeing is the share of the highest answers; mean is"
        " sum(point x count) / answers.",
    ),
    (
        "Drivers chosen",
        "Where people picked drivers instead of rating them: how many picked each, of how many it"
        " was shown to, by what they had rated. These are never means.",
    ),
    ("Indicators", "Service-level indicators as numbers."),
    ("Does not apply", "Drivers that do not apply to the service, with the reason."),
    ("Blank cells", "Blank means not known, or too few people to show; the note says which."),
    ("Changing it", "Changes here do not come back. Correct the figures in cx280."),
)


def workbook(content: Content) -> bytes:
    """The XLSX file of the quarter."""
    return workbook_of(
        f"{content.service.name}, {content.quarter}",
        content.agency.name,
        (
            Sheet("Instructions", ("Part", "What it says"), INSTRUCTIONS),
            Sheet("Overview", ("What", "Value"), _overview(content)),
            Sheet("Surveys", SURVEYS, _surveys(content)),
            Sheet("Questions", QUESTIONS, _questions(content)),
            Sheet("Drivers chosen", TAPS, _taps(content)),
            Sheet("Indicators", INDICATORS, _indicators(content)),
            Sheet("Does not apply", ("Driver", "Reason"), _reasons(content)),
        ),
    )  # fmt: skip


def _overview(content: Content) -> Iterable[Row]:
    return (
        ("Agency", content.agency.name),
        ("Provider", content.hisp.name),
        ("Service", content.service.name),
        ("Quarter", content.quarter),
        ("From", content.starts_on.isoformat()),
        ("To, included", content.ends_on.isoformat()),
        ("Due", due_in_words(content.deadline)),
        ("People served", content.customers_served),
        ("Accomplishments", content.accomplishments),
        ("Reflection", content.reflection),
        ("Read with care", "\n".join(content.caveats)),
        ("Simulated", "yes: nothing here is real" if content.simulated else "no"),
    )


SURVEYS = (
    "Survey", "Level", "Channel", "Placement", "Step of the journey", "Moment that matters",
    "OMB control number", "First answer", "Last answer", "People served there", "People asked",
    "People who answered", "Response rate", "Why no rate",
)  # fmt: skip


def _surveys(content: Content) -> Iterable[Row]:
    for each in content.surveys:
        yield (
            each.title, each.level, each.channel, each.placement, each.transaction_point,
            "yes" if each.is_moment else "no", each.control_number,
            each.collected_from.isoformat() if each.collected_from else None,
            each.collected_to.isoformat() if each.collected_to else None,
            each.volumes.customers, each.volumes.offered, each.volumes.respondents,
            share(each.response_rate), each.response_rate_reason,
        )  # fmt: skip


QUESTIONS = (
    "Survey", "Place in the template", "Measures", "Question", "Statement", "Wording", "Scale",
    "Answers", *(str(point) for point in range(1, 11)), "Share agreeing", "Low", "High", "Mean",
    "Note", "Changed since last quarter", "Comparability key",
)  # fmt: skip


def _questions(content: Content) -> Iterable[Row]:
    for survey in content.surveys:
        places = {id(question): place for place, question in in_template_places(survey)}
        for each in survey.questions:
            if not each.is_scale:
                continue
            counts = [*(each.counts or []), *[None] * 10][:10]
            yield (
                survey.title, places.get(id(each)), each.construct, each.text, each.statement,
                each.wording, each.scale, each.answered, *counts, share(each.agreeing),
                share(each.low), share(each.high), each.mean, each.withheld,
                each.changed, each.comparable,
            )  # fmt: skip


TAPS = ("Survey", "Question", "Driver", "Words", "People who rated", "Chosen", "Shown to", "Share")


def _taps(content: Content) -> Iterable[Row]:
    for survey in content.surveys:
        for question in survey.questions:
            for tap in question.taps:
                yield (
                    survey.title, question.text, tap.driver, tap.text, tap.polarity, tap.tapped,
                    tap.shown, share(tap.share),
                )  # fmt: skip


INDICATORS = ("Name", "Unit", "Better is", "Target", "Value", "Numerator", "Denominator")


def _indicators(content: Content) -> Iterable[Row]:
    for each in content.indicators:
        yield (
            each.name, each.unit, "higher" if each.direction == "up" else "lower", each.target,
            each.value, each.numerator, each.denominator,
        )  # fmt: skip


def _reasons(content: Content) -> Iterable[Row]:
    return ((each.driver, each.reason) for each in content.not_applicable)
