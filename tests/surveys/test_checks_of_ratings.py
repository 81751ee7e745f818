"""Every check of trust, satisfaction and drivers: what triggers exactly it, and what passes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from cx280.circular.edition import Statement, edition
from cx280.surveys.checks import Context, check
from cx280.surveys.rules.vocabulary import DiscussionKind
from tests.surveys.documents import (
    agreed,
    comment,
    drivers,
    ease,
    extra,
    found,
    minimal,
    read,
    satisfaction,
    trust,
    with_questions,
)


@pytest.mark.proves("280.10-c1", "INC-03")
def test_a_survey_without_trust_is_an_error() -> None:
    assert found(minimal(satisfaction(), ease(), comment())) == [("280.10-c1", "error", None)]


@pytest.mark.proves("280.10-c1")
@pytest.mark.parametrize(
    "instead",
    [{"response": "yesno"}, {"response": "text"}, {"required": False}],
    ids=["yes or no", "free text", "not in the instrument"],
)
def test_a_trust_question_that_gives_no_overall_score_is_an_error(
    instead: dict[str, object],
) -> None:
    assert ("280.10-c1", "error", "questions[0]") in found(
        minimal(trust(**instead), satisfaction(), ease(), comment())
    )


@pytest.mark.proves("280.10-c2", "INC-07")
@pytest.mark.parametrize("scale", ["agree7", "agree10"])
def test_trust_on_another_scale_is_a_warning(scale: str) -> None:
    survey = minimal(trust(response=scale), satisfaction(), ease(), comment())

    assert found(survey) == [("280.10-c2", "warn", "questions[0]")]


@pytest.mark.proves("280.10-c4")
@pytest.mark.parametrize(
    "text", ["How likely are you to recommend Boat Permits?", "I trust Boat Permits to be quick."]
)
def test_trust_in_other_words_is_an_error_until_omb_agreed(text: str) -> None:
    survey = minimal(trust(text=text), satisfaction(), ease(), comment())

    assert found(survey) == [("280.10-c4", "error", "questions[0]")]
    assert found(survey, agreed(DiscussionKind.TRUST_WORDING)) == [
        ("280.10-c3", "info", "questions[0]")
    ]


@pytest.mark.proves("280.10-c4")
def test_a_talk_after_the_launch_unlocks_nothing() -> None:
    survey = minimal(trust(text="I have faith in it."), satisfaction(), ease(), comment())
    talk = agreed(DiscussionKind.TRUST_WORDING, date(2022, 3, 2))

    before = found(survey, replace(talk, on=date(2022, 3, 1)))
    on_the_day = found(survey, replace(talk, on=date(2022, 3, 2)))

    assert before == [("280.10-c4", "error", "questions[0]")]
    assert on_the_day == [("280.10-c3", "info", "questions[0]")]


@pytest.mark.proves("280.10-c3")
@pytest.mark.parametrize(
    "text",
    [
        "This interaction increased my trust in Boat Permits.",
        "this interaction has increased my trust in Boat Permits",
        "I trust the Department to fulfill our country’s commitment to boat owners.",
    ],
)
def test_a_base_statement_with_minor_edits_passes(text: str) -> None:
    assert found(minimal(trust(text=text), satisfaction(), ease(), comment())) == []


@pytest.mark.proves("INC-06")
def test_confidence_needs_a_talk_of_its_own() -> None:
    survey = minimal(
        trust(text="I am confident in Boat Permits."), satisfaction(), ease(), comment()
    )

    assert found(survey) == [("280.10-c4", "error", "questions[0]")]
    assert found(survey, agreed(DiscussionKind.TRUST_WORDING)) == found(survey)
    assert [rule for rule, _, _ in found(survey, agreed(DiscussionKind.CONFIDENCE))] == [
        "280.10-c3"
    ]


@pytest.mark.proves("280.10-c5")
@pytest.mark.parametrize("icons", ["stars5", "thumbs"])
def test_icons_for_trust_need_a_talk_with_omb(icons: str) -> None:
    survey = minimal(trust(response=icons), satisfaction(), ease(), comment())

    assert found(survey) == [("280.10-c5", "error", "questions[0]")]
    assert found(survey, agreed(DiscussionKind.TRUST_ICONS)) == []


@pytest.mark.proves("280.10-c7")
@pytest.mark.parametrize(
    "text",
    [
        "I trust [Agency/Program/Service name] to fulfill our country’s commitment to Veterans.",
        "I trust VA to fulfill our country's commitment to [relevant population].",
        "This interaction increased my trust in [Program/Service name].",
        "This interaction increased my trust in <program>.",
    ],
)
def test_an_unfilled_slot_is_an_error(text: str) -> None:
    survey = minimal(trust(text=text), satisfaction(), ease(), comment())

    assert found(survey) == [("280.10-c7", "error", "questions[0]")]


def test_a_slot_left_open_in_spanish_is_found_too() -> None:
    texts = {"en": "Renew", "es": "[nombre]"}
    survey = with_questions(extra(0, options=[{"texts": texts}]))

    assert found(survey) == [("280.10-c7", "error", "questions[4]")]


@pytest.mark.proves("280.10-o4")
def test_a_talk_about_the_timing_of_trust_turns_its_absence_into_information() -> None:
    survey = minimal(satisfaction(), ease(), comment())

    findings = check(read(survey), agreed(DiscussionKind.TRUST_TIMING))

    assert [(each.rule, each.severity) for each in findings] == [("280.10-c1", "info")]
    assert "January 3, 2022" in findings[0].message


@pytest.mark.proves("280.10-d1")
def test_a_survey_without_satisfaction_is_an_error() -> None:
    assert found(minimal(trust(), ease(), comment())) == [("280.10-d1", "error", None)]


@pytest.mark.proves("280.10-d2", "INC-07")
@pytest.mark.parametrize("scale", ["agree7", "agree10"])
def test_satisfaction_on_another_scale_is_a_warning(scale: str) -> None:
    survey = minimal(trust(), satisfaction(response=scale), ease(), comment())

    assert found(survey) == [("280.10-d2", "warn", "questions[1]")]


@pytest.mark.proves("280.10-d3")
def test_satisfaction_in_other_words_is_an_error_until_omb_agreed() -> None:
    reworded = satisfaction(text="How likely are you to recommend Boat Permits to a friend?")
    survey = minimal(trust(), reworded, ease(), comment())

    assert found(survey) == [("280.10-d3", "error", "questions[1]")]
    assert found(survey, agreed(DiscussionKind.SATISFACTION_WORDING)) == [
        ("280.10-d3", "info", "questions[1]")
    ]


@pytest.mark.proves("280.10-d4", "INC-08")
@pytest.mark.parametrize(
    "text", ["Please rate your experience", "Please rate your experience [5-star option]."]
)
def test_stars_pass_on_the_statement_made_for_them(text: str) -> None:
    stars = satisfaction(text=text, response="stars5")

    assert found(minimal(trust(), stars, ease(), comment())) == []


@pytest.mark.proves("280.10-d4", "INC-08")
def test_stars_on_any_other_item_need_a_talk_with_omb() -> None:
    on_s2 = minimal(trust(), satisfaction(response="stars5"), ease(), comment())
    on_ease = minimal(trust(), satisfaction(), ease(response="stars5"), comment())

    assert found(on_s2) == [("280.10-d4", "error", "questions[1]")]
    assert found(on_ease) == [("280.10-d4", "error", "questions[2]")]
    assert found(on_ease, agreed(DiscussionKind.OTHER_ICONS)) == []


@pytest.mark.proves("280.10-d5")
def test_the_two_satisfaction_statements_never_count_as_one() -> None:
    document = read(
        minimal(
            satisfaction(),
            satisfaction(id="stars", text="Please rate your experience", response="stars5"),
        )
    )

    bases = {
        Context().wording(document, each, "satisfaction").statement for each in document.questions
    }

    assert bases == {"S1", "S2"}


@pytest.mark.proves("280.10-e1")
def test_a_survey_without_drivers_is_an_error() -> None:
    assert found(minimal(trust(), satisfaction(), comment())) == [("280.10-e1", "error", None)]


@pytest.mark.proves("280.10-e2")
@pytest.mark.parametrize("parent", ["comment", "nobody", None])
def test_tapping_under_anything_but_a_rating_is_an_error(parent: str | None) -> None:
    survey = minimal(trust(), satisfaction(), drivers(parent=parent), comment())

    assert found(survey) == [("280.10-e2", "error", "questions[2]")]


@pytest.mark.proves("280.10-e2")
@pytest.mark.parametrize("parent", ["trust", "satisfaction"])
def test_tapping_under_a_rating_passes(parent: str) -> None:
    assert found(minimal(trust(), satisfaction(), drivers(parent=parent), comment())) == []


@pytest.mark.proves("280.10-e3", "280.3-a3")
@pytest.mark.parametrize("option", [{"text": "The price"}, {"text": "Price", "driver": "price"}])
def test_a_choice_without_a_driver_of_the_edition_is_an_error(option: dict[str, str]) -> None:
    choice = drivers(mode="multiple_choice", parent=None, options=[option])

    assert found(minimal(trust(), satisfaction(), choice, comment())) == [
        ("280.10-e3", "error", "questions[2]")
    ]


@pytest.mark.proves("280.10-e3")
@pytest.mark.parametrize(
    "other", [{"text": "Other"}, {"text": "Anything", "other": True}, {"text": "Otra cosa"}]
)
def test_other_needs_no_driver(other: dict[str, object]) -> None:
    options = [{"driver": "ease", "text": "It was easy."}, other]
    choice = drivers(mode="multiple_choice", parent=None, options=options)

    assert found(minimal(trust(), satisfaction(), choice, comment())) == []


@pytest.mark.proves("280.10-e4")
def test_a_driver_on_another_scale_is_a_warning() -> None:
    survey = minimal(trust(), satisfaction(), ease(response="agree7"), comment())

    assert found(survey) == [("280.10-e4", "warn", "questions[2]")]


@pytest.mark.proves("280.10-e5", "280.10-j1", "280.10-j2")
@pytest.mark.parametrize("each", edition("FY2022").statements, ids=lambda each: each.id)
def test_one_statement_of_a_driver_is_enough(each: Statement) -> None:
    if each.construct in {"trust", "satisfaction"}:
        return
    mode = each.where_only[0] if each.where_only else "web"
    one = ease(construct=each.construct, text=f"{each.text}.")

    assert found(minimal(trust(), satisfaction(), one, comment(), mode=mode)) == []


@pytest.mark.proves("INC-09", "280.10-j4")
def test_a_choice_for_equity_and_transparency_at_once_is_a_warning() -> None:
    options = [{"driver": "equity_transparency", "text": "I was treated well."}]
    survey = minimal(trust(), satisfaction(), drivers(options=options), comment())

    assert found(survey) == [("INC-09", "warn", "questions[2]")]


@pytest.mark.proves("280.10-i1")
def test_a_driver_statement_in_own_words_needs_no_talk_but_loses_comparability() -> None:
    own = ease(text="Filling in the boat form was a breeze.")
    document = read(minimal(trust(), satisfaction(), own, comment()))

    assert check(document, Context()) == []
    assert Context().wording(document, document.questions[2], "ease").kind == "modified"
