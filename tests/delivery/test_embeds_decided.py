"""Who decides what a website may show of a survey: people on pages, programs by the API."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.delivery.actions.embeds import save_embed, switch_embed
from cx280.delivery.models import Embed
from cx280.delivery.rules.vocabulary import EmbedKind
from cx280.kernel.problem import Conflict, Unusable
from tests.builders import a_person
from tests.delivery.shown import SITE, shown
from tests.responses.visits import an_open_survey
from tests.site.calls import Program
from tests.telemetry.builders import a_site

SignIn = Callable[[Person], Client]


# Who decides


@pytest.mark.django_db
@pytest.mark.proves("INC-33")
def test_a_prompt_of_a_survey_that_is_found_by_a_link_is_refused() -> None:
    survey = an_open_survey(placement="link").survey
    save_embed(survey, EmbedKind.PROMPT, by=None, origins=[SITE])

    with pytest.raises(Conflict, match="not placed as a prompt") as refused:
        switch_embed(survey, EmbedKind.PROMPT, by=None, on=True)

    assert refused.value.rule == "INC-33"
    assert not Embed.objects.get().is_on


@pytest.mark.django_db
def test_a_survey_is_shown_by_named_websites_only() -> None:
    survey = an_open_survey().survey

    with pytest.raises(Unusable, match="Name the website"):
        save_embed(survey, EmbedKind.TAB, by=None, origins=[])
    with pytest.raises(Conflict, match="which website"):
        switch_embed(survey, EmbedKind.TAB, by=None, on=True)


@pytest.mark.django_db
def test_the_page_leads_from_nothing_to_a_mark_to_copy(sign_in: SignIn) -> None:
    survey = an_open_survey().survey
    a_site(survey.service, key="abc", enabled=True, origins=[SITE])
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))
    page = f"/surveys/{survey.code}/websites/"
    assert page in client.get(f"/surveys/{survey.code}/share/").content.decode()

    form = client.get(f"{page}tab/").content.decode()
    assert SITE in form, "cx280 knows the website and does not ask for it"
    client.post(f"{page}tab/", {"origins": SITE, "corner": "start", "words_en": "Tell us"})
    client.post(f"{page}tab/switch/", {"do": "on"})

    said = client.get(page).content.decode()
    embed = Embed.objects.get()
    assert (embed.is_on, embed.corner, embed.words) == (True, "start", {"en": "Tell us"})
    assert "data-cx-ask=&quot;now tab&quot;" in said
    assert "data-site=&quot;abc&quot;" in said
    assert f"frame-src {settings.PUBLIC_ADDRESS}" in said
    actions = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"settle_embed", "switch_embed"} <= actions


@pytest.mark.django_db
def test_a_wrong_website_is_named_beside_the_field(sign_in: SignIn) -> None:
    survey = an_open_survey().survey
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    given = {"origins": "http://www.example.gov", "corner": "end"}
    answer = client.post(f"/surveys/{survey.code}/websites/tab/", given)

    assert answer.status_code == 422
    assert "is no address like https://www.example.gov" in answer.content.decode()


@pytest.mark.django_db
def test_an_analyst_reads_and_does_not_switch(sign_in: SignIn) -> None:
    survey = shown("tab")
    client = sign_in(a_person(Role.ANALYST, survey.service.owner))
    page = f"/surveys/{survey.code}/websites/"

    assert "Take it off" not in client.get(page).content.decode()
    assert client.post(f"{page}tab/switch/", {"do": "off"}).status_code == 403
    assert client.get(f"{page}sideways/try/").status_code == 404


# Programs


@pytest.mark.django_db
def test_a_program_shows_a_survey_and_takes_it_off() -> None:
    survey = an_open_survey().survey
    program = Program(a_person(Role.PROGRAM_MANAGER, survey.service.owner))
    where = f"/surveys/{survey.code}/websites"
    assert program.read(where) == []

    given = {"on": True, "origins": [f"{SITE}/permits"], "words": {"en": "Tell us"}}
    assert program.send(f"{where}/tab", given, "PUT").status_code == 200
    (told,) = program.read(where)
    assert (told["kind"], told["on"], told["origins"]) == ("tab", True, [SITE])
    assert set(told["counts"].values()) == {None}, "nobody counted yet, which is not zero"

    program.send(f"{where}/tab", {**given, "on": False}, "PUT")
    assert program.read(where)[0]["on"] is False


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("kind", "given", "status"),
    [
        ("prompt", {"on": True, "origins": [SITE]}, 409),
        ("tab", {"on": True, "origins": []}, 422),
        ("tab", {"on": True, "origins": ["http://www.example.gov"]}, 422),
        ("tab", {"on": True, "origins": [SITE], "words": {"fr": "Avis"}}, 422),
        ("aside", {"on": True, "origins": [SITE]}, 422),
    ],
)
def test_what_a_program_may_not_settle_is_refused(
    kind: str, given: dict[str, Any], status: int
) -> None:
    survey = an_open_survey().survey
    program = Program(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    answer = program.send(f"/surveys/{survey.code}/websites/{kind}", given, "PUT")

    assert answer.status_code == status, answer.content
    assert not Embed.objects.exists(), "all of it or nothing"
