"""Templates, length, time, paths and other rules of a survey, without a database."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.circular.edition import edition
from cx280.kernel.finding import Finding, Severity, errors
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.checks import Context, check
from cx280.surveys.rules.changes import carried_out
from cx280.surveys.rules.document import SurveyDocument, read_document
from cx280.surveys.rules.editing import move, remove, with_fields
from cx280.surveys.rules.height import screens
from cx280.surveys.rules.library import Names, offers
from cx280.surveys.rules.links import address, snippet
from cx280.surveys.rules.minutes import minutes
from cx280.surveys.rules.opening import digest_of, may_be_justified
from cx280.surveys.rules.paths import longest_path
from cx280.surveys.rules.readiness import unready
from cx280.surveys.rules.shorter import removable
from cx280.surveys.rules.templates import DriverStyle, Start, starting_document
from cx280.surveys.rules.timing import Promptness, promptness
from cx280.surveys.rules.trust_object import named_object, speaks_for_entity
from cx280.surveys.rules.vocabulary import Level, TrustObject
from cx280.surveys.rules.wording import WordingClass, classify
from tests.surveys.documents import comment, ease, extra, minimal, satisfaction, trust

FY2022 = edition("FY2022")
BOATS = Names("Boat Permits", "Department of Rivers", "boat owners")
TYPES = ["", *(each.code for each in FY2022.service_types)]


@pytest.mark.proves("280.0-a2")
@pytest.mark.parametrize("style", DriverStyle)
@pytest.mark.parametrize("channel", Channel)
def test_every_template_of_every_mode_may_open_as_it_is(
    style: DriverStyle, channel: Channel
) -> None:
    for kind, alone, report in itertools.product(TYPES, [True, False], [True, False]):
        start = Start(BOATS, kind, channel.value, alone, not alone, report)

        document = starting_document(FY2022, start, style)

        context = Context(channel=channel.value, has_human_role=not alone)
        assert check(document, context) == []
        assert unready(document) == {}
        assert document.locales == ["en", "es"]


@pytest.mark.proves("280.0-a2")
@given(st.permutations(range(5)), st.sampled_from(list(DriverStyle)))
def test_the_questions_of_a_template_may_stand_in_any_order(
    order: list[int], style: DriverStyle
) -> None:
    document = starting_document(FY2022, Start(BOATS), style)
    shuffled = [document.questions[each] for each in order if each < len(document.questions)]
    kept = [each for each in document.questions if each not in shuffled]

    found = check(read_document(_with(document, [*shuffled, *kept])), Context())

    assert errors(found) == []


def _with(document: SurveyDocument, questions: list[object]) -> dict[str, object]:
    from msgspec import to_builtins

    return {"title": document.title, "questions": to_builtins(questions)}


@pytest.mark.parametrize("trust_statement", ["T1", "T2"])
def test_statements_come_with_their_slots_filled_in_both_languages(trust_statement: str) -> None:
    for each in offers(FY2022, BOATS):
        kinds = {classify(text, each.construct, FY2022).kind for text in each.texts.values()}
        assert kinds <= {WordingClass.EXACT, WordingClass.SLOT_FILLED}
        assert all("[" not in text for text in each.texts.values())
    document = starting_document(FY2022, Start(BOATS), trust=trust_statement)
    assert "Boat Permits" in document.questions[0].words() or trust_statement == "T2"


@pytest.mark.proves("280.10-b4", "280.10-g2")
@given(st.integers(0, 12))
def test_without_branches_the_longest_path_is_every_question(count: int) -> None:
    document = read_document(minimal(*(extra(n) for n in range(count + 1))))

    assert longest_path(document) == list(range(count + 1))


@given(st.lists(st.lists(st.integers(1, 5), min_size=1, max_size=3), max_size=8))
def test_the_longest_path_is_that_of_the_answer_with_most_questions(
    conditions: list[list[int]],
) -> None:
    branches = [
        ease(id=f"q{n}", show_if={"question": "trust", "answers": answers})
        for n, answers in enumerate(conditions)
    ]
    document = read_document(minimal(trust(), *branches))

    most = max((sum(code in each for each in conditions) for code in range(1, 6)), default=0)

    assert len(longest_path(document)) == 1 + most


@pytest.mark.proves("280.10-g3")
@given(st.integers(0, 2000), st.integers(1, 500))
def test_more_words_never_take_less_time(words: int, more: int) -> None:
    shorter = minutes(read_document(minimal(extra(0, text="a " + "word " * words))))
    longer = minutes(read_document(minimal(extra(0, text="a " + "word " * (words + more)))))

    assert shorter < longer


def test_the_estimate_of_a_short_survey_is_what_the_guide_says() -> None:
    """Ten seconds around, 36 words at 200 a minute, three scales of 5 seconds, 40 to write."""
    assert minutes(read_document(minimal())) == pytest.approx((10 + 10.8 + 15 + 40) / 60, abs=0.01)


@pytest.mark.proves("INC-11", "280.10-n1")
def test_the_height_on_a_phone_grows_with_every_question() -> None:
    four, five = read_document(minimal()), read_document(minimal(*_five()))

    assert 1 < screens(four) < screens(five)


def _five() -> list[dict[str, object]]:
    return [trust(), satisfaction(), ease(), extra(0), comment()]


ENDED = datetime(2022, 3, 12, 20, 0, tzinfo=ZoneInfo("America/New_York"))


@pytest.mark.proves("INC-12")
@pytest.mark.parametrize(
    ("later", "verdict"),
    [
        (timedelta(hours=47, minutes=59), Promptness.IN_TIME),
        (timedelta(hours=48), Promptness.IN_TIME),
        (timedelta(hours=48, minutes=1), Promptness.LATE),
    ],
)
def test_the_clock_runs_48_hours_through_a_change_of_clocks(
    later: timedelta, verdict: Promptness
) -> None:
    """On March 13, 2022 the clocks of New York jumped; hours that passed are what counts."""
    asked_at = ENDED.astimezone(UTC) + later

    assert promptness(Level.TRANSACTION, ENDED.astimezone(UTC), asked_at, 48) is verdict
    assert promptness(Level.TRANSACTION, ENDED, asked_at, 48) is verdict


@pytest.mark.proves("INC-12", "280.10-o6")
def test_an_unknown_end_is_not_verifiable_and_a_journey_has_no_clock() -> None:
    asked_at = ENDED + timedelta(days=20)

    assert promptness(Level.TRANSACTION, None, asked_at, 48) is Promptness.NOT_VERIFIABLE
    assert promptness(Level.JOURNEY, ENDED, asked_at, 48) is Promptness.NOT_APPLICABLE
    assert promptness(Level.RELATIONSHIP, None, asked_at, 48) is Promptness.NOT_APPLICABLE


@pytest.mark.proves("INC-20")
def test_only_trust_in_the_agency_speaks_for_the_agency() -> None:
    agency = "This interaction increased my trust in the Department of Rivers."
    of_agency = read_document(minimal(trust(text=agency))).questions[0]
    of_service = read_document(minimal(trust())).questions[0]
    said = read_document(minimal(trust(object="agency"))).questions[0]

    def named(question: object) -> TrustObject | None:
        return named_object(question, FY2022, ["Department of Rivers"], ["Boat Permits"])  # type: ignore[arg-type]

    assert named(of_agency) is TrustObject.AGENCY
    assert named(of_service) is TrustObject.SERVICE
    assert named(said) is TrustObject.AGENCY
    assert speaks_for_entity(said)
    assert not speaks_for_entity(of_service)


@pytest.mark.proves("280.10-i3")
def test_what_is_offered_to_go_leaves_a_survey_that_breaks_no_rule() -> None:
    many = [extra(n) for n in range(6)]
    survey = minimal(trust(), satisfaction(), ease(), *many, comment(), comment(id="second"))
    document = read_document(survey)

    gone = removable(document, lambda each: check(each, Context()))

    rest = [each for place, each in enumerate(survey["questions"]) if place not in gone]
    assert len(gone) == 7
    assert errors(check(read_document(minimal(*rest)), Context())) == []


@pytest.mark.proves("INC-03")
def test_only_contents_outside_a_quarterly_report_may_be_reasoned_away() -> None:
    def may(rule: str, severity: Severity, *, reporting: bool) -> bool:
        return may_be_justified(Finding(rule, severity, "x"), hisp_reporting=reporting)

    assert may("280.10-c1", Severity.ERROR, reporting=False)
    assert not may("280.10-c1", Severity.ERROR, reporting=True)
    assert not may("280.10-g2", Severity.ERROR, reporting=False)
    assert not may("280.11-a1", Severity.ERROR, reporting=False)
    assert not may("280.10-c7", Severity.ERROR, reporting=False)
    assert may("280.10-n1", Severity.WARN, reporting=True)


def test_removing_a_question_releases_what_hung_on_it() -> None:
    document = starting_document(FY2022, Start(BOATS), DriverStyle.TAPPING)

    without = remove(document, "trust")

    why = without.question("why")
    assert why is not None
    assert why.parent is None


@given(st.sampled_from(["trust", "satisfaction", "ease", "nobody"]), st.integers(-6, 6))
def test_moving_keeps_every_question(name: str, by: int) -> None:
    document = read_document(minimal())

    moved = move(document, name, by)

    assert sorted(each.id for each in moved.questions) == sorted(
        each.id for each in document.questions
    )


@given(
    st.dictionaries(
        st.sampled_from(["trust.en", "trust.es", "trust.response", "trust.object", "trust.parent",
                         "trust.when", "ease.construct", "nobody.en", "revision", "trust.o0.en"]),
        st.sampled_from(["", "x", "agree5", "agency", "satisfaction:low", "trust:9", "é\r\nè"]),
    )
)  # fmt: skip
def test_whatever_is_typed_the_draft_stays_a_document(fields: dict[str, str]) -> None:
    from cx280.surveys.rules.document import as_data

    typed = with_fields(read_document(minimal()), fields)

    assert read_document(as_data(typed), draft=True) == typed


@pytest.mark.parametrize(
    "button", ["", "fly", "use:trust", "use:trust:T9", "move:trust:x", "add", "add:S9", "a:b:c:d"]
)
def test_a_button_that_does_not_exist_is_refused(button: str) -> None:
    from cx280.kernel.problem import Unusable

    with pytest.raises(Unusable):
        carried_out(read_document(minimal()), button, FY2022, Start(BOATS))


def test_the_digest_tells_documents_apart_and_ignores_the_order_of_keys() -> None:
    document = read_document(minimal())
    turned = read_document(dict(reversed(minimal().items())))

    assert digest_of(document) == digest_of(turned)
    assert digest_of(document) != digest_of(read_document(minimal(title="Other")))


@pytest.mark.proves("280.10-k2")
def test_a_snippet_is_a_bare_link_with_nothing_to_run() -> None:
    link = address("https://cx.example.gov/", "boats", "office 1&2")

    written = snippet(link, 'Tell us <b>"how"</b>')

    assert link == "https://cx.example.gov/s/boats/?unit=office%201%262"
    assert written.startswith('<a href="https://cx.example.gov/s/boats/')
    assert "<b>" not in written
    assert "script" not in written
