"""What a website may show of a survey: settings, frames and counts."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.delivery.actions.embeds import save_embed, switch_embed
from cx280.delivery.actions.plans import save_plan
from cx280.delivery.queries.embeds import seen_of, settings_of
from cx280.delivery.rules.embeds import kinds_of, read_origin, shares
from cx280.delivery.rules.marks import Mark
from cx280.delivery.rules.sampling import Plan
from cx280.delivery.rules.vocabulary import EmbedKind, Method, Moment, StrataBy
from cx280.kernel.problem import Problem, Unusable
from cx280.responses.models import OfferCount, Response
from cx280.responses.starts import starts
from cx280.surveys.models import Survey
from cx280.surveys.rules.vocabulary import Placement
from tests.builders import a_unit
from tests.delivery.shown import SITE, shown
from tests.responses.visits import an_open_survey, token_on


@pytest.fixture(autouse=True)
def nothing_counted_before() -> None:
    starts._counts.clear()


def told(client: Client, survey: Survey, query: str = "") -> dict[str, Any]:
    found: dict[str, Any] = json.loads(client.get(f"/t/ask/{survey.code}.json{query}").content)
    return found


def offer(client: Client, survey: Survey, name: str = "1-2-3", origin: str = SITE) -> None:
    given = {"embed": "prompt", "unit": "", "id": name}
    client.post(f"/s/{survey.code}/offered/", given, headers={"Origin": origin})
    starts.flush()


# Where and how


@pytest.mark.proves("INC-33")
def test_a_survey_is_offered_or_found_and_never_both() -> None:
    assert kinds_of(Placement.PROMPT) == (EmbedKind.PROMPT,)
    assert kinds_of(Placement.LINK) == (EmbedKind.TAB, EmbedKind.INLINE)
    assert kinds_of(Placement.MESSAGE) == kinds_of(Placement.KIOSK) == ()


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        (" https://WWW.Example.gov/a?b#c ", SITE),
        ("https://example.gov:8443", "https://example.gov:8443"),
        ("http://localhost:8000/", "http://localhost:8000"),
    ],
)
def test_an_origin_is_read_out_of_an_address(text: str, origin: str) -> None:
    assert read_origin(text) == origin


@given(st.text())
def test_what_is_taken_for_an_origin_adds_nothing_to_a_policy(text: str) -> None:
    for prefix in ("", "https://", "https://a.gov"):
        try:
            found = read_origin(prefix + text)
        except Problem:
            continue
        assert not set(found) & set(" ;,'\"*\n\t")
        assert read_origin(found) == found


def test_a_website_without_encryption_is_refused() -> None:
    with pytest.raises(Unusable, match="no address"):
        read_origin("http://www.example.gov")


@given(
    words=st.text(max_size=20), code=st.from_regex(r"[a-z0-9-]{1,10}", fullmatch=True),
    unit=st.text(max_size=10), kind=st.sampled_from(EmbedKind), moment=st.sampled_from(Moment),
)  # fmt: skip
def test_a_mark_is_one_element_with_one_link_whatever_the_words(
    words: str, code: str, unit: str, kind: EmbedKind, moment: Moment
) -> None:
    found: list[str] = []

    class Reader(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.append(tag)

    Reader().feed(Mark(f"https://cx.gov/s/{code}/", code, words, moment, unit).written(kind))

    assert found == (["div", "noscript", "a"] if kind is EmbedKind.PROMPT else ["div", "a"])


def test_a_browser_is_told_the_chances_of_groups_it_can_know() -> None:
    rates = {"north": 0.5}

    assert shares(None) == {"": 1.0}
    assert shares(Plan(Method.SIMPLE, 0.1, "s")) == {"": 0.1}
    by_unit = Plan(Method.STRATIFIED, 0.1, "s", StrataBy.UNIT, rates)
    assert shares(by_unit) == {"": 0.1, "north": 0.5}
    assert shares(Plan(Method.STRATIFIED, 0.1, "s", StrataBy.GIVEN, rates)) == {"": 0.1}


# What websites are told


@pytest.mark.django_db
def test_any_website_is_told_how_and_may_keep_it_for_a_minute(client: Client) -> None:
    survey = shown("tab")

    answer = client.get(f"/t/ask/{survey.code}.json")

    assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies
    found = json.loads(answer.content)
    assert found["origins"] == [SITE]
    assert found["tab"] == {"corner": "end"}
    assert found["words"]["es"]["tab"] == "Su opinión"
    assert "inline" not in found


@pytest.mark.django_db
def test_what_is_off_closed_or_unknown_is_told_as_nothing(client: Client) -> None:
    survey = shown("tab")
    switch_embed(survey, EmbedKind.TAB, by=None, on=False)
    assert told(client, survey) == {}

    switch_embed(survey, EmbedKind.TAB, by=None, on=True)
    survey.versions.update(closed_at=timezone.now())
    assert told(client, survey) == {}
    assert json.loads(client.get("/t/ask/no-such-survey.json").content) == {}


@pytest.mark.django_db
def test_a_look_shows_what_is_off_and_is_kept_by_no_cache(client: Client) -> None:
    survey = an_open_survey().survey

    assert set(told(client, survey, "?try=1")) >= {"tab", "inline"}
    answer = client.get(f"/t/ask/{survey.code}.json?try=1")
    assert answer.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_a_prompt_carries_the_chance_of_the_plan_and_the_words_of_staff(client: Client) -> None:
    survey = shown("prompt")
    save_plan(survey, by=None, now=timezone.now(), method="simple", rate=0.25)
    save_embed(survey, EmbedKind.PROMPT, by=None, origins=[SITE], words={"es": "¿Qué tal?"})

    found = settings_of(survey.code)

    assert found["prompt"]["share"] == {"": 0.25}
    assert found["words"]["es"]["ask"] == "¿Qué tal?"
    assert found["words"]["en"]["ask"] == "Would you tell us how it went?"


@pytest.mark.django_db
def test_the_part_for_surveys_is_small_and_for_any_website(client: Client) -> None:
    answer = client.get("/t/ask.js", headers={"Accept-Encoding": "gzip"})

    assert len(answer.content) <= 4_000
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


# Frames


def framers(client: Client, address: str) -> tuple[str, bool]:
    """Who may frame the page at that address, and whether older browsers are told to refuse."""
    answer = client.get(address)
    policy = answer.headers["Content-Security-Policy"]
    (found,) = [each for each in policy.split("; ") if each.startswith("frame-ancestors")]
    return found.removeprefix("frame-ancestors "), "X-Frame-Options" in answer.headers


@pytest.mark.django_db
def test_only_the_websites_named_for_that_way_may_frame_the_page(client: Client) -> None:
    survey = shown("tab")
    page = f"/s/{survey.code}/"

    for tail in ("", "thanks/"):
        assert framers(client, f"{page}{tail}?embed=tab") == (SITE, False)
        for other in ("", "?embed=inline", "?embed=x", "?embed=prompt"):
            assert framers(client, page + tail + other) == ("'none'", True)
    assert framers(client, f"{page}?embed=try") == ("'self'", False)


@pytest.mark.django_db
def test_a_page_without_a_frame_needs_no_script(client: Client) -> None:
    survey = shown("tab")

    assert "<script" not in client.get(f"/s/{survey.code}/").content.decode()
    page = client.get(f"/s/{survey.code}/?embed=tab&unit=north").content.decode()
    assert page.count("<script") == 1
    assert "lang=es&amp;unit=north&amp;embed=tab" in page


@pytest.mark.django_db
def test_a_look_stores_and_counts_nothing(client: Client) -> None:
    survey = shown("tab")
    page = client.get(f"/s/{survey.code}/?embed=try")

    sent = client.post(
        f"/s/{survey.code}/?embed=try", {"_page": token_on(page), "_lang": "es", "trust": "5"}
    )

    assert sent.status_code == 303
    assert sent.headers["Location"] == f"/s/{survey.code}/thanks/?lang=es&embed=try"
    starts.flush()
    assert Response.objects.count() == OfferCount.objects.count() == 0


# Counts


@pytest.mark.django_db
@pytest.mark.proves("280.10-k3")
def test_an_offer_told_twice_counts_once_and_a_stranger_s_never(client: Client) -> None:
    survey = shown("prompt")

    for _ in range(2):
        offer(client, survey, "7-7-7")
    offer(client, survey, "8-8-8", origin="https://elsewhere.example")
    offer(client, survey, "")

    assert OfferCount.objects.get().offered == 1


@pytest.mark.django_db
@pytest.mark.proves("INC-33")
def test_a_tab_is_never_counted_as_offered(client: Client) -> None:
    survey = shown("tab")

    given = {"embed": "tab", "id": "9-9-9"}
    client.post(f"/s/{survey.code}/offered/", given, headers={"Origin": SITE})
    offer(client, survey)

    assert OfferCount.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "started"), [("tab", 1), ("inline", None)])
def test_opened_begun_and_sent_are_counted_by_the_way_it_is_shown(
    client: Client,
    settings: Any,  # noqa: ANN401
    kind: str,
    started: int | None,
) -> None:
    """A frame within a page is loaded whether anybody looks or not: its first answer opens it."""
    settings.CX280_LEAST_SECONDS = 0
    survey = shown(kind)
    unit = a_unit(survey.service.owner, code="north")
    address = f"/s/{survey.code}/"

    page = client.get(f"{address}?embed={kind}&unit=north")
    starts.flush()
    assert [each.started for each in OfferCount.objects.all()] == ([started] if started else [])
    client.post(f"{address}began/?embed={kind}&unit=north")
    sent = {"_page": token_on(page), "_lang": "en", "trust": "5"}
    for _ in range(2):  # a page sent twice is one set of answers
        client.post(f"{address}?embed={kind}&unit=north", sent)
    starts.flush()

    client.get(address)  # its page by itself, counted apart
    starts.flush()
    row = OfferCount.objects.get(embed=kind)
    assert (row.embed, row.unit, row.offered) == (kind, unit, None)
    assert (row.started, row.began, row.finished) == (1, 1, 1)
    seen = seen_of(survey, row.day)[EmbedKind.of(kind)]
    assert (seen.offered, seen.opened, seen.rate) == (None, 1, None)
