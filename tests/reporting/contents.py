"""Contents of a quarter for tests: one that no check finds fault with, and its parts."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from cx280.circular.edition import edition
from cx280.measures.rules.scores import mean_of, share_agreeing
from cx280.reporting.checks import check
from cx280.reporting.rules.content import (
    VERSION,
    Content,
    Deadline,
    Indicator,
    Named,
    NamedService,
    Question,
    SurveyReport,
    Tap,
    Volumes,
)
from cx280.reporting.rules.facts import Moment, PackageFacts

TEXTS = {
    "trust": ("T1", None, "This interaction increased my trust in Boat permits."),
    "satisfaction": ("S2", None, "I am satisfied with the service I received from Boat permits."),
    "effectiveness": ("EF1", "effectiveness", "My need was addressed."),
    "ease": ("EA1", "ease", "It was easy to complete what I needed to do."),
    "efficiency": ("SP1", "efficiency", "It took a reasonable amount of time."),
    "equity": ("EQ1", "equity_transparency", "I was treated fairly."),
    "employee": ("EM1", "employee", "Employees I interacted with were helpful."),
}


def a_question(
    construct: str = "trust", counts: list[int] | None = None, **fields: Any
) -> Question:
    """A scale question whose figures follow from its counts."""
    statement, driver, text = TEXTS[construct]
    given = [10, 20, 30, 60, 80] if counts is None else counts
    by_code = {str(code): n for code, n in enumerate(given, 1)}
    share, mean = share_agreeing(by_code), mean_of(by_code)
    question = Question(
        id=construct,
        construct=construct,
        driver=driver,
        text=text,
        statement=statement,
        wording="exact",
        scale="agree5",
        mode="scale",
        comparable=f"transaction|{construct}|{statement}|exact|agree5|scale",
        answered=sum(given),
        counts=list(given),
        agreeing=share.share,
        low=share.low,
        high=share.high,
        mean=None if mean is None else float(mean.mean),
    )
    return replace(question, **fields)


def a_tapping_question(**fields: Any) -> Question:
    """Drivers tapped under the trust question: 140 rated high, 30 in the middle, 30 low."""
    taps = [
        Tap(driver=driver, text=driver, polarity=way, tapped=tapped, shown=shown)
        for driver, tapped in (("ease", 12), ("efficiency", 15))
        for way, shown in (("high", 140), ("middle", 30), ("low", 30))
    ]
    question = Question(
        id="why",
        construct="drivers",
        driver=None,
        text="What contributed to your rating?",
        statement="",
        wording="",
        scale="",
        mode="tapping",
        comparable="transaction|drivers||||tapping",
        parent="trust",
        answered=100,
        taps=taps,
    )
    return replace(question, **fields)


def a_survey_report(**fields: Any) -> SurveyReport:
    """A prompt at the end of the service that 200 of 1,000 people answered."""
    report = SurveyReport(
        code="boat-web",
        title="Boat permit feedback",
        versions=[1],
        level="transaction",
        mode="web",
        channel="website",
        placement="prompt",
        transaction_point="Applies",
        journey="Getting a permit",
        is_moment=True,
        control_number="1234-5678",
        expires_on=date(2023, 12, 31),
        collected_from=date(2022, 1, 3),
        collected_to=date(2022, 3, 31),
        volumes=Volumes(customers=None, offered=1000, respondents=200),
        response_rate=0.2,
        response_rate_reason="",
        self_selected=False,
        questions=[a_question(each) for each in TEXTS],
        permits_release=True,
    )
    return replace(report, **fields)


def an_indicator(**fields: Any) -> Indicator:
    """Minutes of waiting, against a target."""
    indicator = Indicator(
        name="Average wait",
        unit="minutes",
        direction="down",
        target=5.0,
        value=4.2,
        numerator=42000.0,
        denominator=10000.0,
    )
    return replace(indicator, **fields)


def a_content(**fields: Any) -> Content:
    """The second quarter of FY2022 of a service, with nothing to find."""
    content = Content(
        version=VERSION,
        edition="FY2022",
        agency=Named(code="rivers", name="Department of Rivers"),
        hisp=Named(code="boats", name="Boat Office"),
        service=NamedService(code="boat-permit", name="Boat permit", service_type="administrative"),
        quarter="FY2022 Q2",
        starts_on=date(2022, 1, 1),
        ends_on=date(2022, 3, 31),
        deadline=Deadline(
            due=date(2022, 4, 29),
            rule_date=date(2022, 4, 29),
            act_by=date(2022, 4, 29),
            published=True,
            source="280.16-a4",
        ),
        customers_served=50_000,
        surveys=[a_survey_report()],
        indicators=[an_indicator()],
        not_applicable=[],
        accomplishments="We opened online renewal.",
        reflection="People want to know where their permit is.",
        caveats=[],
    )
    return replace(content, **fields)


def with_survey(**fields: Any) -> Content:
    """The content with its one survey changed."""
    return a_content(surveys=[a_survey_report(**fields)])


def without(construct: str) -> Content:
    """The content with no question about the construct."""
    return with_survey(questions=[a_question(each) for each in TEXTS if each != construct])


def some_facts(**fields: Any) -> PackageFacts:
    """The facts beside `a_content`: checked in time, with one moment that a survey covers."""
    return PackageFacts(
        **{
            "edition": edition("FY2022"),
            "today": date(2022, 4, 20),
            "moments": (Moment(name="Applies", surveys=1),),
            **fields,
        }
    )


def found(content: Content, facts: PackageFacts | None = None) -> list[tuple[str, str, str | None]]:
    """(rule, severity, place) of everything the checks find."""
    return [
        (each.rule, each.severity.value, each.where)
        for each in check(content, None, facts or some_facts())
    ]
