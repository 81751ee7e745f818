"""The comments page opens with themes; managers edit the codebook and correct comments."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.queries import agency_of
from cx280.dashboards.rules.themes import lines_of, most_named, themes_title
from cx280.measures import tasks
from cx280.measures.models import FoundTopics
from cx280.measures.queries.codebooks import codebook_of
from cx280.measures.rules.themes.codebook import federal
from cx280.stats.intervals import Verdict
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, a_response, some_words
from tests.dashboards.answered import (
    a_comment,
    a_measured_service,
    an_office,
    answered,
    counted,
    last_quarter_day,
)
from tests.dashboards.test_service import rows_of, text_of
from tests.pages.reading import grade_of, sentences_of

SignIn = Callable[[Person], Client]
RATINGS = st.dictionaries(st.sampled_from(["low", "middle", "high", ""]), st.integers(0, 40))


def filed(version: SurveyVersion) -> str:
    """Files and counts all comments; the address of the comments page."""
    counted()
    tasks.file_new_comments(timezone.now())
    tasks.refile_comments(timezone.now())
    return f"/measures/{version.survey.service.code}/comments/"


def lead_of(version: SurveyVersion) -> Person:
    return a_person(Role.CX_LEAD, version.survey.service.owner)


def agency_code(version: SurveyVersion) -> str:
    return agency_of(version.survey.service.owner).code


@given(RATINGS, st.dictionaries(st.sampled_from(["wait", "phone", "praise"]), RATINGS))
def test_shares_are_of_all_comments_and_nothing_is_claimed_of_few(
    more: dict[str, int], themes: dict[str, dict[str, int]]
) -> None:
    """Whatever the counts: at most all comments have a theme, and intervals hold the share."""
    everybody = {
        rating: more.get(rating, 0) + sum(each.get(rating, 0) for each in themes.values())
        for rating in ("low", "middle", "high", "")
    }

    lines = lines_of(federal(), everybody, themes, (0, {}))
    title = themes_title("Boats", lines, sum(everybody.values()))

    for line in lines:
        assert line.share.share is not None
        assert line.share.low <= line.share.share <= line.share.high
        assert line.change is None
    assert [line.share.successes for line in lines] == sorted(
        (line.share.successes for line in lines), reverse=True
    )
    if sum(everybody.values()) < 10:
        assert title == "What people say about Boats"
    assert "thanks" not in title
    assert most_named(lines) == "" or most_named(lines).startswith("Most often named: ")


def test_a_title_names_a_theme_only_when_it_is_clearly_ahead() -> None:
    everybody = {"low": 60, "high": 60}

    ahead = lines_of(federal(), everybody, {"wait": {"low": 30}, "phone": {"low": 8}}, (0, {}))
    close = lines_of(federal(), everybody, {"wait": {"low": 20}, "phone": {"low": 18}}, (0, {}))

    assert themes_title("Boats", ahead, 120) == "People who rate Boats low write most about waiting"
    assert themes_title("Boats", close, 120) == "What people say about Boats"
    assert ahead[0].leans is Verdict.HIGHER


def test_a_change_is_named_only_when_chance_among_many_themes_does_not_explain_it() -> None:
    everybody = {"low": 100}
    few = {"wait": {"low": 30}}
    codes = [theme.code for theme in federal().themes[:20]]
    many = {code: {"low": 30} for code in codes}
    before = (100, dict.fromkeys(codes, 18))

    alone = lines_of(federal(), everybody, few, before)[0]
    among = lines_of(federal(), everybody, many, before)[0]

    assert alone.change_words == "up 12\xa0points"
    assert among.change_words == "no evidence of change"


@pytest.mark.django_db
def test_the_page_opens_with_themes_by_rating_and_each_opens_its_comments(sign_in: SignIn) -> None:
    version = a_measured_service()
    for _ in range(12):
        a_comment(version, "I waited for hours", trust=1)
    a_comment(version, "The website was easy", trust=5)
    address = filed(version)
    client = sign_in(lead_of(version))

    page = text_of(client.get(address))
    waiting = text_of(client.get(f"{address}?theme=wait"))
    found = text_of(client.get(f"{address}?q=WEBSITE"))

    assert "<h1>People who rate Boat permits low write most about waiting</h1>" in page
    assert "12 of 13" in page
    assert "Because of: waited, hours." in page
    assert "more under low ratings" in page
    assert waiting.count("I waited for hours") == 12
    assert "The website was easy" not in waiting
    assert "1 comment in" in found
    assert "The website was easy" in found


@pytest.mark.django_db
def test_comments_without_a_theme_can_be_read_too(sign_in: SignIn) -> None:
    version = a_measured_service()
    a_comment(version, "Lorem ipsum", trust=1)
    a_comment(version, "I waited", trust=1)
    address = filed(version)

    page = text_of(sign_in(lead_of(version)).get(f"{address}?theme=none"))

    assert "Lorem ipsum" in page
    assert "I waited" not in page


@pytest.mark.django_db
def test_counts_of_themes_can_be_downloaded(sign_in: SignIn) -> None:
    version = a_measured_service()
    for _ in range(10):
        a_comment(version, "I waited", trust=1)
        a_comment(version, "The website froze", trust=2, day=last_quarter_day())
    address = filed(version)
    client = sign_in(lead_of(version))

    rows = rows_of(client.get(f"{address}?table=themes"))
    quarters = rows_of(client.get(f"{address}?table=theme&theme=wait"))

    assert rows[0]["theme"] == "wait"
    assert (rows[0]["comments"], rows[0]["of"], rows[0]["low"]) == ("10", "10", "10")
    assert rows[0]["verdict"] == "higher"
    assert [row["comments"] for row in quarters] == ["0", "10"]
    assert client.get(f"{address}?table=nothing").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("query", ["rating=best", "language=fr", "theme=boats", "unit=nowhere"])
def test_a_filter_that_does_not_exist_is_not_ignored(sign_in: SignIn, query: str) -> None:
    version = a_measured_service()
    a_comment(version, "I waited")
    address = filed(version)

    assert sign_in(lead_of(version)).get(f"{address}?{query}").status_code == 404


@pytest.mark.django_db
def test_tone_is_told_only_where_the_rating_says_otherwise(sign_in: SignIn) -> None:
    version = a_measured_service()
    a_comment(version, "Terrible and rude", trust=5)
    a_comment(version, "Terrible and slow", trust=1)
    address = filed(version)

    page = text_of(sign_in(lead_of(version)).get(address))

    assert page.count("sounds unhappy") == 1


@pytest.mark.django_db
def test_found_topics_show_examples_to_those_who_see_the_whole_service(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    office = an_office(service, "Portland")
    for at in range(160):
        text = ["garage parking full", "password reset code", "salmon season dates"][at % 3]
        a_comment(version, f"{text} {'abcdefgh'[at % 8]}", unit=office)
    address = filed(version)
    tasks.find_topics_in_comments(timezone.now())
    manager = a_person(Role.PROGRAM_MANAGER, office)

    whole = text_of(sign_in(lead_of(version)).get(address))
    part = text_of(sign_in(manager).get(address))

    assert FoundTopics.objects.count() == 1
    assert "Found by the machine" in whole
    assert "Found by the machine" not in part


@pytest.mark.django_db
def test_omb_reads_neither_comments_nor_codebooks_nor_corrects(sign_in: SignIn) -> None:
    version = a_measured_service()
    comment = a_comment(version, "I waited")
    address = filed(version)
    client = sign_in(a_person(Role.OMB_REVIEWER))
    agency = agency_code(version)

    for path in (
        address,
        f"{address}?table=themes",
        f"{address}{comment.pk}/",
        "/codebook/",
        f"/codebook/{agency}/wait/",
        f"/codebook/{agency}/new/",
    ):
        answer = client.get(path)
        assert answer.status_code in {403, 404}
        assert b"waited" not in answer.content


@pytest.mark.django_db
def test_a_manager_of_one_office_corrects_its_comments_and_no_others(sign_in: SignIn) -> None:
    version = a_measured_service()
    service = version.survey.service
    here, there = an_office(service, "Portland"), an_office(service, "Boise")
    own, other = a_comment(version, "I waited", unit=here), a_comment(version, "Hm", unit=there)
    address = filed(version)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, here))

    answer = client.post(f"{address}{own.pk}/", {"codes": ["phone"]}, follow=True)

    assert "Filed as you said." in text_of(answer)
    assert list(own.themes.values_list("code", "source")) == [("phone", "person")]
    assert client.get(f"{address}{other.pk}/").status_code == 404


@pytest.mark.django_db
def test_an_analyst_reads_and_changes_nothing(sign_in: SignIn) -> None:
    version = a_measured_service()
    comment = a_comment(version, "I waited")
    address = filed(version)
    client = sign_in(a_person(Role.ANALYST, version.survey.service.owner))
    agency = agency_code(version)

    page = text_of(client.get(address))

    assert "Correct the themes" not in page
    assert client.get("/codebook/").status_code == 200
    assert client.get(f"/codebook/{agency}/wait/").status_code == 200
    for path in (
        f"{address}{comment.pk}/",
        f"/codebook/{agency}/new/",
        f"/codebook/{agency}/wait/",
        f"/codebook/{agency}/wait/retire/",
    ):
        assert client.post(path, {}).status_code == 403


FORM = {
    "based_on": "0",
    "name": "Ferries",
    "definition": "Boats that carry cars.",
    "driver": "efficiency",
    "en": "ferr*\nboat ramp",
    "es": "transbordador*",
}


@pytest.mark.django_db
def test_a_theme_is_tried_added_renamed_and_retired(sign_in: SignIn) -> None:
    version = a_measured_service()
    comment = a_comment(version, "The ferries are late")
    filed(version)
    agency = agency_of(version.survey.service.owner)
    client = sign_in(lead_of(version))
    new, theirs = f"/codebook/{agency.code}/new/", f"/codebook/{agency.code}/ferries/"

    tried = text_of(client.post(new, {**FORM, "try": "1"}))
    added = text_of(client.post(new, FORM, follow=True))
    tasks.refile_comments(timezone.now())
    codes = list(comment.themes.values_list("code", flat=True))
    client.post(theirs, {**FORM, "based_on": "1", "name": "Ferry boats"})
    client.post(f"{theirs}retire/")
    page = text_of(client.get("/codebook/"))

    assert "1 of the newest 1 comment that you may read. Nothing is saved yet." in tried
    assert "Because of: ferries." in tried
    assert "Ferries is saved." in added
    assert codes == ["ferries"]
    theme = codebook_of(agency).theme("ferries")
    assert theme is not None
    assert (theme.name, theme.retired) == ("Ferry boats", True)
    assert "renamed Ferries to Ferry boats" in page
    assert "retired Ferry boats" in page
    assert "version 3" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": "Waiting"}, "There is already a theme called Waiting."),
        ({"en": "a*"}, "would find too many words"),
        ({"en": "", "es": ""}, "at least one word"),
        ({"definition": ""}, "required"),
        ({"based_on": "7"}, "Somebody else changed the codebook meanwhile."),
    ],
)
def test_a_theme_that_cannot_be_kept_keeps_what_was_typed(
    sign_in: SignIn, wrong: dict[str, str], said: str
) -> None:
    version = a_measured_service()
    client = sign_in(lead_of(version))

    page = text_of(client.post(f"/codebook/{agency_code(version)}/new/", {**FORM, **wrong}))

    assert said in page
    assert "transbordador*" in page or wrong.get("es") == ""
    assert codebook_of(agency_of(version.survey.service.owner)) == federal()


@pytest.mark.django_db
def test_another_agency_s_codebook_does_not_exist(sign_in: SignIn) -> None:
    version, other = a_measured_service(), a_measured_service("Trails")
    client = sign_in(lead_of(version))

    assert client.get(f"/codebook/{agency_code(other)}/wait/").status_code == 404
    assert client.get(f"/codebook/?agency={agency_code(other)}").status_code == 404


@pytest.mark.django_db
def test_today_says_what_the_new_comments_are_about(sign_in: SignIn) -> None:
    version = a_measured_service()
    for _ in range(3):
        a_comment(version, "I waited for hours", trust=1)
    filed(version)

    page = text_of(sign_in(lead_of(version)).get("/today/"))

    assert "3 new low-rated comments on Boat permits" in page
    assert "Most often about: Waiting." in page


@pytest.mark.django_db
def test_pages_about_comments_are_plain_to_read(sign_in: SignIn) -> None:
    version = a_measured_service()
    answered(version, 5, 10)
    for _ in range(12):
        some_words(a_response(version, answers={"trust": 1}), "I waited for hours")
    address = filed(version)
    client = sign_in(lead_of(version))
    agency = agency_code(version)

    for path in (address, f"{address}?theme=wait", "/codebook/", f"/codebook/{agency}/wait/"):
        assert grade_of(sentences_of(text_of(client.get(path)))) <= 8, path


@pytest.mark.django_db
def test_a_spreadsheet_runs_nothing_that_a_manager_named(sign_in: SignIn) -> None:
    version = a_measured_service()
    a_comment(version, "ferry ferry")
    filed(version)
    client = sign_in(lead_of(version))
    client.post(f"/codebook/{agency_code(version)}/new/", {**FORM, "name": "=1+1"})
    address = filed(version)

    answer = client.get(f"{address}?table=themes")
    body = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]

    names = [row["name"] for row in csv.DictReader(io.StringIO(body))]
    assert names
    assert not [name for name in names if name.startswith("=")]
