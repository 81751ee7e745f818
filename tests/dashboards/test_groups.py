"""By channel and language: volumes, scores and gaps, without telling of anybody few."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.measures.queries.groups import groups_compared
from cx280.measures.rules.gaps import Way, crossed, gaps, widest
from cx280.measures.rules.scores import share_of
from cx280.surveys.models import SurveyVersion
from tests.builders import a_document, a_person, a_response, a_service, a_survey, a_version
from tests.dashboards.answered import a_measured_service, answered, counted, this_quarter
from tests.pages.reading import grade_of, sentences_of

counts = st.one_of(st.just(0), st.integers(1, 14), st.integers(10, 60))


def cell(agree: int, of: int) -> dict[str, int]:
    return {"5": agree, "2": of - agree}


@pytest.mark.proves("280.6-a1")
def test_a_small_cell_of_channel_by_language_hides_with_those_that_reveal_it() -> None:
    table = crossed(
        {
            ("website", "en"): cell(40, 50), ("website", "es"): cell(3, 4),
            ("phone", "en"): cell(30, 60), ("phone", "es"): cell(20, 30),
            ("kiosk", "en"): cell(70, 90), ("kiosk", "es"): cell(60, 80),
        },
        "agree5",
    )  # fmt: skip

    hidden = {
        (channel, language)
        for channel in (*table.channels, "")
        for language in (*table.languages, "")
        if table.share(channel, language) is None
    }

    assert ("website", "es") in hidden
    assert len(hidden) == 4
    assert table.share("", "") == share_of(223, 314)


@given(st.dictionaries(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), counts))
def test_no_small_cell_is_shown_and_none_is_left_alone_in_its_row(
    given: dict[tuple[str, str], int],
) -> None:
    table = crossed({place: cell(n // 2, n) for place, n in given.items()}, "agree5")

    for channel in (*table.channels, ""):
        shown = [table.share(channel, each) for each in (*table.languages, "")]
        assert all(each is None or each.n == 0 or each.n >= 10 for each in shown)
        assert sum(each is None for each in shown) != 1


@pytest.mark.proves("280.6-a3")
def test_a_gap_has_its_interval_and_n_and_is_held_against_the_largest_group() -> None:
    found = gaps([("es", share_of(150, 300)), ("en", share_of(800, 1000))])

    largest, other = found
    assert (largest.group, largest.is_largest, largest.difference) == ("en", True, None)
    assert other.share is not None
    assert other.share.n == 300
    assert other.difference is not None
    assert other.difference.points == -30
    assert other.difference.low < -0.3 < other.difference.high < 0
    assert other.is_certain


@pytest.mark.proves("280.6-a3")
def test_a_gap_to_a_group_under_the_threshold_is_not_estimable() -> None:
    found = gaps([("en", share_of(800, 1000)), ("es", None)])

    assert [(each.group, each.difference) for each in found] == [("en", None), ("es", None)]
    assert not any(each.is_certain for each in found)
    assert gaps([("en", None)])[0].share is None


def test_several_gaps_are_each_held_to_more_so_that_all_hold_at_once() -> None:
    one = gaps([("a", share_of(800, 1000)), ("b", share_of(700, 900))])[1]
    many = gaps([("a", share_of(800, 1000)), ("b", share_of(700, 900)), ("c", share_of(70, 90))])[1]

    assert one.difference
    assert many.difference
    assert many.difference.low < one.difference.low


def test_those_who_chose_to_answer_have_no_certain_gap() -> None:
    found = gaps([("a", share_of(900, 1000)), ("b", share_of(100, 900))], self_selected=True)

    assert widest({Way.CHANNEL: found}) is None


@pytest.fixture
def version() -> SurveyVersion:
    """A prompt answered in two languages over two channels, and by three people in a third."""
    service = a_service(name="Boat permits", code="boat-permits")
    draft = a_document("Boat permits", placement="prompt")
    version = a_version(a_survey(service, draft=draft))
    for channel, language, agree, of in (
        ("website", "en", 50, 60), ("website", "es", 10, 40), ("phone", "en", 20, 30),
        ("phone", "es", 5, 15), ("paper", "en", 1, 3),
    ):  # fmt: skip
        answered(version, agree, of, channel=channel, language=language)
    counted()
    return version


@pytest.mark.django_db
@pytest.mark.proves("280.6-a1")
def test_volumes_and_scores_add_up_over_channels_and_languages(version: SurveyVersion) -> None:
    found = groups_compared(version.survey.service, this_quarter(), "trust")

    assert found.total is not None
    assert (found.total.successes, found.total.n) == (86, 148)
    spanish = found.table.share("", "es")
    assert spanish is not None
    assert spanish.n == 55
    assert found.table.share("paper", "") is None
    assert found.gaps[Way.LANGUAGE][1].difference is not None


@pytest.mark.django_db
def test_another_wording_is_left_out_and_says_why(version: SurveyVersion) -> None:
    service = version.survey.service
    draft = a_document("Boat permits", mode="phone", title="By phone")
    answered(a_version(a_survey(service, draft=draft)), 10, 20, channel="phone")

    found = groups_compared(service, this_quarter(), "trust")

    assert found.total is not None
    assert found.total.n == 148
    (apart,) = found.apart
    assert "phone" in apart.reason


@pytest.mark.django_db
def test_who_skipped_the_question_is_not_counted(version: SurveyVersion) -> None:
    a_response(version, answers={"trust": None, "satisfaction": 4}, channel="website")
    a_response(version, answers={"satisfaction": 4}, channel="website")

    found = groups_compared(version.survey.service, this_quarter(), "trust")

    assert found.total is not None
    assert found.total.n == 148


@pytest.mark.django_db
def test_the_page_tells_the_gap_and_downloads_it(
    sign_in: Callable[[Person], Client], version: SurveyVersion
) -> None:
    client = sign_in(a_person(Role.CX_LEAD, version.survey.service.owner))

    page = client.get("/measures/boat-permits/groups/").content.decode()
    file = b"".join(client.get("/measures/boat-permits/groups/?table=groups")).decode()

    assert "not estimable" in page
    assert "too few to show" in page
    assert "Spanish" in page
    assert grade_of(sentences_of(page)) <= 8
    lines = file.lstrip("\ufeff").splitlines()
    assert lines[0] == "channel,language,share,low,high,n,gap,gap_low,gap_high,note"
    assert any(line.startswith("all,all,0.5811") for line in lines)
    assert client.get("/measures/boat-permits/groups/?outcome=joy").status_code == 404


@pytest.mark.django_db
def test_nobody_answered_is_said(sign_in: Callable[[Person], Client]) -> None:
    version = a_measured_service(code="boat-permits")
    client = sign_in(a_person(Role.CX_LEAD, version.survey.service.owner))

    page = client.get("/measures/boat-permits/groups/").content.decode()

    assert "Nobody has answered" in page
