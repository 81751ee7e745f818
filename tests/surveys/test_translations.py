"""What of a survey is translated, what changed since, and that no half of a language is offered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.surveys.actions import save_draft
from cx280.surveys.checks import check
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.queries.standing import context_for
from cx280.surveys.rules.document import SurveyDocument, as_data, read_document
from cx280.surveys.rules.languages import best_language, matching
from cx280.surveys.rules.readiness import unready
from cx280.surveys.rules.translations import (
    begun,
    pieces,
    sources_after,
    translation_of,
    with_translation,
    without,
)
from tests.builders import a_document, a_person, a_survey

SignIn = Callable[[Person], Client]
CHOICE = {
    "id": "purpose", "construct": "additional", "text": "Why did you come?", "response": "choice",
    "purpose": "Route findings", "options": [{"text": "Renew"}, {"text": "Ask"}],
}  # fmt: skip


def a_survey_document(**fields: Any) -> SurveyDocument:
    """The usual questions and one with two choices."""
    plain = a_document()
    plain["questions"].insert(0, CHOICE)
    return read_document({**plain, **fields})


def in_full(document: SurveyDocument, locale: str) -> SurveyDocument:
    """The document with every piece in a locale: its English with the locale before it."""
    return with_translation(
        document, locale, {each.place: f"{locale} {each.english}" for each in pieces(document)}
    )


def reworded(document: SurveyDocument, question: str, english: str) -> SurveyDocument:
    """The document with other English in one question."""
    plain = as_data(document)
    for each in plain["questions"]:
        if each["id"] == question:
            each["text"] = english
    return read_document(plain)


@pytest.mark.parametrize("locale", ["es", "zh-Hans", "vi", "ko", "tl", "ar"])
def test_a_language_in_full_is_offered(locale: str) -> None:
    document = in_full(a_survey_document(), locale)

    found = translation_of(document, locale, {})

    assert (found.missing, found.changed, found.is_offered) == ((), (), True)
    assert document.locales == ["en", locale]
    assert unready(document) == {}


@given(st.data())
def test_a_language_with_a_hole_is_not_offered(data: st.DataObject) -> None:
    document = in_full(a_survey_document(), "ko")
    needed = [each.place for each in pieces(document) if each.needed]
    hole = data.draw(st.sampled_from(needed))

    holed = with_translation(document, "ko", {hole: "  "})

    assert holed.locales == ["en"]
    assert hole in translation_of(holed, "ko", {}).missing
    question = hole.partition(".")[0]
    assert "It has no Korean" in unready(holed)[question]


def test_a_heading_without_words_stays_english_and_keeps_nothing_closed() -> None:
    document = in_full(a_survey_document(thanks={"en": "We read it all."}), "vi")

    holed = with_translation(document, "vi", {"title": "", "thanks": ""})

    assert holed.locales == ["en", "vi"]
    assert set(translation_of(holed, "vi", {}).missing) == {"title", "thanks"}


def test_codes_stay_when_choices_are_translated() -> None:
    document = in_full(a_survey_document(), "es")

    options = document.questions[0].options
    assert [each.words("es") for each in options] == ["es Renew", "es Ask"]
    assert len({each.code for each in options}) == 2


def test_taken_out_nothing_is_left() -> None:
    document = a_survey_document()

    gone = without(in_full(document, "tl"), "tl")

    assert begun(gone) == []
    assert [each.texts for each in pieces(gone)] == [each.texts for each in pieces(document)]


def test_what_changed_since_is_known() -> None:
    first = a_survey_document()
    translated = in_full(first, "ko")
    sources = sources_after(first, translated, {})
    changed = reworded(translated, "ease", "It was simple.")
    after = sources_after(translated, changed, sources)

    assert translation_of(translated, "ko", sources).changed == ()
    assert translation_of(changed, "ko", after).changed == ("ease",)
    again = with_translation(changed, "ko", {"ease": "새로운 말"})
    assert translation_of(again, "ko", sources_after(changed, again, after)).changed == ()


def test_of_translations_older_than_the_memory_the_first_change_is_known() -> None:
    translated = in_full(a_survey_document(), "ko")
    changed = reworded(translated, "ease", "It was simple.")

    assert translation_of(changed, "ko", sources_after(translated, changed, {})).changed == (
        "ease",
    )


@pytest.mark.parametrize(
    ("asked", "accepted", "expected"),
    [
        ("zh-Hans", "", "zh-Hans"),
        ("", "zh-CN,zh;q=0.9", "zh-Hans"),
        ("", "zh-TW", "en"),
        ("", "zh-TW,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("", "fil-PH,en;q=0.5", "tl"),
        ("", "ko-KR,ko;q=0.9,en-US;q=0.8", "ko"),
        ("vi", "ko", "vi"),
        ("", "fr,de;q=0.5", "en"),
    ],
)
def test_browsers_get_the_language_they_like_best(asked: str, accepted: str, expected: str) -> None:
    assert best_language(asked, accepted, ["en", "es", "ko", "tl", "vi", "zh-Hans"]) == expected


@given(st.text(max_size=20), st.lists(st.sampled_from(["en", "ko", "zh-Hans"]), min_size=1))
def test_only_what_is_offered_is_shown(code: str, offered: list[str]) -> None:
    assert matching(code, offered) in {*offered, ""}
    assert best_language(code, code, offered) in offered


# The page


@pytest.fixture
def survey() -> Survey:
    return a_survey(draft=as_data(a_survey_document()))


@pytest.fixture
def manager(survey: Survey, sign_in: SignIn) -> Client:
    return sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))


def text_of(answer: Any) -> str:  # noqa: ANN401
    said: str = answer.content.decode()
    return said


@pytest.mark.django_db
def test_a_language_is_written_beside_the_english(survey: Survey, manager: Client) -> None:
    address = f"/surveys/{survey.code}/languages/?lang=ko"
    page = text_of(manager.get(address))
    words = {f"words:{each.place}": f"한국어 {each.place}" for each in pieces(a_survey_document())}

    answer = manager.post(address, {"revision": "1", "do": "save", **words}, follow=True)

    assert "The draft is in English only" in page
    assert "No native speaker has read it over yet" in page.replace("\n", " ")
    assert "The draft is complete in English, Korean" in text_of(answer)
    survey.refresh_from_db()
    assert read_document(survey.draft).locales == ["en", "ko"]
    assert survey.translated_from["ko"]["ease"] == "It was easy to complete what I needed to do."


@pytest.mark.django_db
def test_what_changed_is_shown_and_may_be_called_right(
    survey: Survey, manager: Client, sign_in: SignIn
) -> None:
    person = a_person(Role.PROGRAM_MANAGER, survey.service.owner)
    save_draft(survey, by=person, document=in_full(a_survey_document(), "es"), revision=1)
    now = reworded(in_full(a_survey_document(), "es"), "ease", "It was simple.")
    save_draft(survey, by=person, document=now, revision=2)
    address = f"/surveys/{survey.code}/languages/?lang=es"

    page = text_of(manager.get(address))
    manager.post(address, {"revision": "3", "do": "save", "right": ["ease"]})

    assert "It was: “It was easy to complete what I needed to do.”" in page
    assert "It was:" not in text_of(manager.get(address))


@pytest.mark.django_db
def test_somebody_elses_save_is_not_lost(survey: Survey, manager: Client) -> None:
    address = f"/surveys/{survey.code}/languages/?lang=vi"
    manager.post(address, {"revision": "1", "words:ease": "Dễ"})

    answer = manager.post(address, {"revision": "1", "words:ease": "Rất dễ"})

    assert answer.status_code == 409
    assert "Rất dễ" in text_of(answer)
    survey.refresh_from_db()
    assert read_document(survey.draft).question("ease").texts["vi"] == "Dễ"  # type: ignore[union-attr]


@pytest.mark.django_db
def test_a_language_is_taken_out(survey: Survey, manager: Client) -> None:
    address = f"/surveys/{survey.code}/languages/?lang=vi"
    manager.post(address, {"revision": "1", "words:ease": "Dễ"})

    manager.post(address, {"revision": "2", "do": "take-out"})

    survey.refresh_from_db()
    assert begun(read_document(survey.draft)) == []


@pytest.mark.django_db
def test_an_analyst_reads_and_another_agency_finds_nothing(survey: Survey, sign_in: SignIn) -> None:
    address = f"/surveys/{survey.code}/languages/?lang=vi"
    analyst = sign_in(a_person(Role.ANALYST, survey.service.owner))

    assert "Save the Vietnamese" not in text_of(analyst.get(address))
    assert analyst.post(address, {"words:ease": "x"}).status_code == 403
    assert sign_in(a_person(Role.CX_LEAD)).get(address).status_code == 404


@pytest.mark.django_db
@pytest.mark.proves("280.6-a3")
def test_a_language_is_unread_until_a_native_is_named_and_again_when_a_word_changes(
    survey: Survey, manager: Client
) -> None:
    written, person = in_full(a_survey_document(), "vi"), a_person()
    save_draft(survey, by=person, document=written, revision=survey.draft_revision)
    where = f"/surveys/{survey.code}/languages/?lang=vi"

    before, warned = text_of(manager.get(where)), unread(survey)
    refused = manager.post(where, {"do": "read", "reader": " "})
    manager.post(where, {"do": "read", "reader": "Lan Nguyen, Boston office"})
    after, still = text_of(manager.get(where)), unread(survey)

    assert "Own or machine translation" in before
    assert "Vietnamese interpreter" in before  # what they read: the words for somebody in danger
    assert (warned, refused.status_code, still) == (["vi"], 422, [])
    assert "Yes: Lan Nguyen, Boston office" in after
    survey.refresh_from_db()
    changed = with_translation(written, "vi", {"trust": "Khác"})
    save_draft(survey, by=person, document=changed, revision=survey.draft_revision)
    assert unread(survey) == ["vi"]
    assert "words changed" in text_of(manager.get(where))


def unread(survey: Survey) -> list[str | None]:
    """The languages that opening warns of."""
    survey.refresh_from_db()
    found = check(draft_of(survey), context_for(survey, timezone.localdate()))
    return [each.where for each in found if each.rule == "280.6-a3"]
