"""Each check against an independent reading of its rule, on surveys nobody wrote by hand."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.circular.edition import edition
from cx280.kernel.finding import Severity
from cx280.surveys.checks import CHECKS, Context, Disclosure, check
from cx280.surveys.rules.document import Question, SurveyDocument, as_data, read_document
from cx280.surveys.rules.minutes import minutes
from cx280.surveys.rules.vocabulary import (
    DRIVER_CONSTRUCTS,
    Construct,
    DiscussionKind,
    DriverMode,
    Level,
    Mode,
    ResponseType,
)
from tests.surveys.documents import agreed

FY2022 = edition("FY2022")
checks = SimpleNamespace(**{each.__name__: each for each in CHECKS})
DRIVER_WORDS = ["effectiveness", "ease", "efficiency", "equity", "transparency", "employee"]
TEXTS = [
    "This interaction increased my trust in Boat Permits.",
    "This interaction increased my trust in [Program/Service name].",
    "I am confident in Boat Permits.",
    "How likely are you to recommend us?",
    "I am satisfied with the service I received from Boat Permits.",
    "Please rate your experience",
    "It was easy to find what I needed.",
    "I found what I needed on the site quickly.",
    "The Call Center Representative was committed to solving my problem.",
    "I was treated fairly.",
    "Anything else?",
]
OPTIONS = st.lists(
    st.fixed_dictionaries(
        {"text": st.sampled_from(["It was easy.", "Other", "The price"])},
        optional={"driver": st.sampled_from([*DRIVER_WORDS, "equity_transparency", "price"])},
    ),
    max_size=3,
)
QUESTIONS = st.fixed_dictionaries(
    {"text": st.sampled_from(TEXTS)},
    optional={
        "construct": st.sampled_from([each.value for each in Construct])
        | st.just(["ease", "efficiency"]),
        "response": st.sampled_from([each.value for each in ResponseType]),
        "required": st.booleans(),
        "purpose": st.sampled_from(["", "To route calls."]),
        "mode": st.sampled_from([each.value for each in DriverMode]),
        "parent": st.sampled_from(["q0", "q1", "nobody"]),
        "options": OPTIONS,
    },
)


@st.composite
def surveys(draw: st.DrawFn) -> SurveyDocument:
    """A survey of up to 18 questions with anything in them that a document may hold."""
    asked: list[dict[str, Any]] = draw(st.lists(QUESTIONS, max_size=18))
    return read_document(
        {
            "title": "Any survey",
            "questions": [{"id": f"q{n}", **each} for n, each in enumerate(asked)],
            "level": draw(st.sampled_from([each.value for each in Level])),
            "mode": draw(st.sampled_from([each.value for each in Mode])),
            "pages": draw(st.integers(1, 3)),
            "self_service": draw(st.booleans()),
            "hisp_reporting": draw(st.booleans()),
            "population": draw(st.sampled_from(["", "Boat owners"])),
            "schedule": draw(st.sampled_from(["", "Each May"])),
            "not_applicable": draw(
                st.lists(
                    st.fixed_dictionaries(
                        {"driver": st.sampled_from(FY2022.driver_codes)},
                        optional={"reason": st.just("x"), "approved_by": st.just("y")},
                    ),
                    max_size=2,
                )
            ),
        }
    )


def _places(found: list[Any]) -> set[str | None]:
    return {each.where for each in found}


def _at(document: SurveyDocument, wanted: Callable[[Question], object]) -> set[str]:
    return {f"questions[{i}]" for i, each in enumerate(document.questions) if wanted(each)}


@settings(max_examples=200)
@given(surveys())
def test_checking_is_deterministic_and_every_finding_is_whole(document: SurveyDocument) -> None:
    first = check(document, Context())

    assert check(read_document(as_data(document)), Context()) == first
    for each in first:
        assert each.rule
        assert each.message.endswith(".")
        assert each.fix.endswith(".")


@given(surveys())
def test_trust_missing(document: SurveyDocument) -> None:
    scored = any(
        each.measures(Construct.TRUST) and each.answered_by.points and each.required is not False
        for each in document.questions
    )

    found = checks.trust_missing(document, Context())

    assert bool(found) == (document.level is Level.TRANSACTION and not scored)
    talked = checks.trust_missing(document, agreed(DiscussionKind.TRUST_TIMING))
    assert len(talked) == len(found)
    assert all(each.severity is Severity.INFO for each in talked)


@given(surveys())
def test_satisfaction_missing(document: SurveyDocument) -> None:
    scored = any(
        each.measures(Construct.SATISFACTION)
        and each.answered_by.points
        and each.required is not False
        for each in document.questions
    )

    found = checks.satisfaction_missing(document, Context())

    assert bool(found) == (document.level is Level.TRANSACTION and not scored)


@given(surveys())
def test_scales_of_trust_satisfaction_and_drivers(document: SurveyDocument) -> None:
    odd = {ResponseType.AGREE7, ResponseType.AGREE10}
    trust = _at(document, lambda q: q.measures(Construct.TRUST) and q.answered_by in odd)
    overall = _at(document, lambda q: q.measures(Construct.SATISFACTION) and q.answered_by in odd)
    fine = {ResponseType.AGREE5, ResponseType.STARS5, ResponseType.THUMBS}
    drivers = _at(
        document,
        lambda q: q.measures(*DRIVER_CONSTRUCTS) and q.answered_by not in fine,
    )

    assert _places(checks.trust_scale(document, Context())) == trust
    assert _places(checks.satisfaction_scale(document, Context())) == overall
    assert _places(checks.driver_scale(document, Context())) == drivers


@given(surveys())
def test_changed_wording(document: SurveyDocument) -> None:
    def is_trust(text: str) -> bool:
        return text.startswith("This interaction increased my trust in")

    def is_satisfaction(text: str) -> bool:
        return text.startswith(("I am satisfied with the service", "Please rate"))

    trust = _at(document, lambda q: q.measures(Construct.TRUST) and not is_trust(q.text))
    both = Context(
        discussions=agreed(DiscussionKind.TRUST_WORDING).discussions
        + agreed(DiscussionKind.CONFIDENCE).discussions
    )
    overall = _at(
        document, lambda q: q.measures(Construct.SATISFACTION) and not is_satisfaction(q.text)
    )

    assert _places(checks.trust_reworded(document, Context())) == trust
    assert checks.trust_reworded(document, both) == []
    assert checks.trust_wording_agreed(document, Context()) == []
    assert _places(checks.trust_wording_agreed(document, both)) == trust
    assert _places(checks.satisfaction_reworded(document, Context())) == overall


@given(surveys())
def test_icons(document: SurveyDocument) -> None:
    icons = {ResponseType.STARS5, ResponseType.THUMBS}
    trust = _at(document, lambda q: q.measures(Construct.TRUST) and q.answered_by in icons)
    stars_rate = _at(
        document,
        lambda q: (
            q.measures(Construct.SATISFACTION)
            and q.answered_by is ResponseType.STARS5
            and q.text == "Please rate your experience"
        ),
    )
    elsewhere = _places(checks.icons_elsewhere(document, Context()))

    assert _places(checks.trust_icons(document, Context())) == trust
    assert checks.trust_icons(document, agreed(DiscussionKind.TRUST_ICONS)) == []
    assert not elsewhere & (trust | stars_rate)
    assert elsewhere <= _at(document, lambda q: q.answered_by in icons)
    assert checks.icons_elsewhere(document, agreed(DiscussionKind.OTHER_ICONS)) == []


@given(surveys())
def test_unfilled_slots(document: SurveyDocument) -> None:
    assert _places(checks.unfilled_slot(document, Context())) == _at(
        document, lambda q: "[" in q.text
    )


@given(surveys())
def test_drivers_missing(document: SurveyDocument) -> None:
    asks = any(each.measures(Construct.DRIVERS, *DRIVER_CONSTRUCTS) for each in document.questions)

    found = checks.drivers_missing(document, Context())

    assert bool(found) == (document.level is Level.TRANSACTION and not asks)


@given(surveys())
def test_tapping_and_choices(document: SurveyDocument) -> None:
    by_id = {each.id: each for each in document.questions}

    def hangs_wrong(question: Question) -> bool:
        parent = by_id.get(question.parent or "")
        return (
            question.measures(Construct.DRIVERS)
            and question.mode is DriverMode.TAPPING
            and not (parent and parent.measures(Construct.TRUST, Construct.SATISFACTION))
        )

    def has_bare(question: Question) -> bool:
        bare = [
            each
            for each in question.options
            if each.driver == "price" or (each.driver is None and each.text != "Other")
        ]
        return question.measures(Construct.DRIVERS) and (bool(bare) or not question.options)

    def is_shared(question: Question) -> bool:
        named = {each.driver for each in question.options}
        return question.measures(Construct.DRIVERS) and "equity_transparency" in named

    tapping = checks.tapping_without_rating(document, Context())
    assert _places(tapping) == _at(document, hangs_wrong)
    assert _places(checks.option_without_driver(document, Context())) == _at(document, has_bare)
    assert _places(checks.equity_or_transparency(document, Context())) == _at(document, is_shared)


@given(surveys())
def test_free_text(document: SurveyDocument) -> None:
    places = [i for i, each in enumerate(document.questions) if each.is_free_text]
    exempt = document.mode in {Mode.IVR, Mode.SMS, Mode.KIOSK}
    must = document.level is Level.TRANSACTION and not exempt

    found = _places(checks.free_text_count(document, Context()))

    if len(places) > 2:
        assert found == {f"questions[{places[2]}]"}
    else:
        assert found == ({None} if must and not places else set())
    assert _places(checks.free_text_forced(document, Context())) == _at(
        document, lambda q: q.is_free_text and q.required is True
    )


@given(surveys())
def test_purpose_missing(document: SurveyDocument) -> None:
    assert _places(checks.purpose_missing(document, Context())) == _at(
        document, lambda q: q.measures(Construct.ADDITIONAL) and not q.purpose
    )


@given(surveys())
def test_length(document: SurveyDocument) -> None:
    count = len(document.questions)

    assert bool(checks.many_questions(document, Context())) == (10 <= count <= 15)
    assert _places(checks.too_many_questions(document, Context())) == (
        {"questions[15]"} if count > 15 else set()
    )
    assert bool(checks.too_long(document, Context())) == (minutes(document) > 5)
    assert bool(checks.several_pages(document, Context())) == (document.pages > 1)


@given(surveys())
def test_mapping(document: SurveyDocument) -> None:
    assert _places(checks.unmapped(document, Context())) == _at(
        document, lambda q: q.construct is None and not q.is_free_text
    )
    assert _places(checks.double_mapped(document, Context())) == _at(
        document, lambda q: isinstance(q.construct, list)
    )


@given(surveys())
def test_misfiled(document: SurveyDocument) -> None:
    homes = {
        "I was treated fairly.": Construct.EQUITY,
        "It was easy to find what I needed.": Construct.EASE,
    }

    found = _places(checks.misfiled(document, Context()))

    for index, question in enumerate(document.questions):
        if question.text in homes and question.construct in DRIVER_CONSTRUCTS:
            wrong = question.construct is not homes[question.text]
            assert (f"questions[{index}]" in found) == wrong


@given(surveys())
def test_statements_out_of_place(document: SurveyDocument) -> None:
    def misplaced(question: Question) -> bool:
        if question.construct == Construct.EFFICIENCY and "on the site" in question.text:
            return document.mode is not Mode.WEB
        if question.construct == Construct.EMPLOYEE and "Call Center" in question.text:
            return document.mode not in {Mode.PHONE, Mode.IVR}
        return False

    assert _places(checks.statement_out_of_place(document, Context())) == _at(document, misplaced)


@given(surveys(), st.sampled_from([None, True, False]))
def test_reporting_and_employees(document: SurveyDocument, human: bool | None) -> None:
    context = Context(has_human_role=human)
    report = checks.hisp_measures(document, context)

    assert not report or document.hisp_reporting
    assert all(each.severity is Severity.INFO for each in report)
    expected = checks.employee_expected(document, context)
    if document.self_service or not human or document.hisp_reporting:
        assert expected == []


@given(surveys())
def test_relationship_and_set_aside(document: SurveyDocument) -> None:
    unplanned = document.level is Level.RELATIONSHIP and not (
        document.population and document.schedule
    )
    unexplained = [
        each
        for each in document.not_applicable
        if not (each.reason and each.approved_by)
        and not (each.driver == "employee" and document.self_service)
    ]

    assert bool(checks.relationship_unplanned(document, Context())) == unplanned
    assert len(checks.not_applicable_unexplained(document, Context())) == len(unexplained)


@given(surveys(), st.text(max_size=5), st.text(max_size=5))
def test_consent_missing(document: SurveyDocument, purpose: str, number: str) -> None:
    told = Disclosure(purpose, "You may skip.", 1.0, number, None, "/privacy/")

    assert len(checks.consent_missing(document, Context(disclosure=told))) == 1
    assert checks.consent_missing(document, Context()) == []


def test_every_check_stands_in_the_list_once() -> None:
    assert len({each.__name__ for each in CHECKS}) == len(CHECKS)
