"""What a question measures is read from its words, on made-up questions of the real kinds."""

import pytest

from cx280.reporting.rules.history.reading import read_question
from cx280.reporting.rules.history.scales import only_extremes, scale_of


@pytest.mark.proves("280.10-i4")
@pytest.mark.parametrize(
    ("text", "construct", "statement"),
    [
        ("I am satisfied with the service I received from the Boat Office.", "satisfaction", "S2"),
        ("This interaction increased my trust in Boat permits", "trust", "T1"),
        ("I trust the Boat Office to fulfill our country’s commitment to sailors.", "trust", "T2"),
        ("I trust the Boat Office to answer letters.", "trust", ""),
        ("My need was addressed. ", "effectiveness", "EF1"),
        ("Were you able to successfully finish your booking today?", "effectiveness", ""),
        ("It was easy to find what I needed", "ease", "EA2"),
        ("How easy was it to reach somebody?", "ease", ""),
        ("9) How satisfied were you with the time it took to answer?", "efficiency", ""),
        ("Please rate your wait time.", "efficiency", ""),
        ("I was treated fairly.", "equity", "EQ1"),
        ("The letter clearly explained the decision.", "transparency", ""),
        ("It was easy to understand what was needed.", "transparency", ""),
        ("Employees I interacted with were helpful.", "employee", "EM1"),
        ("How would you rate the agent on their helpfulness?", "employee", ""),
        ("What is your overall satisfaction with this site?", "satisfaction", ""),
        ("How likely are you to recommend the Boat Office?", "additional", ""),
        ("What was the reason for your call?", "additional", ""),
        ("Something about the weather", "additional", ""),
    ],
)
def test_the_words_say_what_a_question_measures(text: str, construct: str, statement: str) -> None:
    reading = read_question(text)

    assert (reading.construct, reading.statement) == (construct, statement)


@pytest.mark.proves("INC-06")
def test_confidence_is_not_trust() -> None:
    reading = read_question("This interaction increased my confidence in Boat permits.")

    assert reading.construct == "confidence"
    assert reading.wording == "modified"


@pytest.mark.parametrize("text", ["", "  ", "NONE", "none", "N/A", "-", "—"])
def test_a_placeholder_measures_nothing(text: str) -> None:
    assert read_question(text).construct == ""


def test_the_description_of_a_scale_is_not_the_question() -> None:
    text = (
        "Using a 10-point scale on which “1” means “very dissatisfied” and “10” means “very "
        "satisfied”, how would you rate the time it took to answer your question?"
    )

    assert read_question(text).construct == "efficiency"


@pytest.mark.proves("280.10-c2")
@pytest.mark.parametrize(
    ("text", "counts", "scale"),
    [
        ("I was treated fairly.", (1, 2, 3, 4, 5), "agree5"),
        ("How easy was it?", (1, 2, 3, 4, 5), "rating5"),
        ("On a scale of 1 to 10, how easy was it?", (1, 2, 3, 4, 5), "agree10"),
        ("Please rate it (1=poor, 10=excellent)", (1, 2, 3, 4, 5), "agree10"),
        ("Would you tell a friend (yes or no)", (1, 0, 0, 0, 5), "yesno"),
        ("It met my needs", (40, 0, 0, 0, 60), "yesno"),
        ("It met my needs", (4, 0, 0, 0, 6), "agree5"),
        ("Please rate your experience with 5 stars", (1, 2, 3, 4, 5), "stars5"),
    ],
)
def test_the_scale_a_question_was_asked_on_is_recognised(
    text: str, counts: tuple[int, ...], scale: str
) -> None:
    assert scale_of(text, counts) == scale


def test_answers_at_both_ends_only_are_a_yes_or_no() -> None:
    assert only_extremes((40, 0, 0, 0, 60))
    assert not only_extremes((0, 0, 0, 0, 100))
    assert not only_extremes((40, 0, 1, 0, 60))
