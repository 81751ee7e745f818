"""A program manager builds, checks, opens and shares a survey, with script off."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.surveys.models import OmbDiscussion, Survey
from tests.builders import a_document, a_person, a_service, a_survey

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


def _manager(survey: Survey, role: Role = Role.PROGRAM_MANAGER) -> Person:
    return a_person(role, survey.service.owner)


def _builder(survey: Survey) -> str:
    return reverse("surveys:builder", args=[survey.code])


def _press(client: Client, survey: Survey, button: str, **typed: str) -> Survey:
    survey.refresh_from_db()
    data = {"do": button, "revision": str(survey.draft_revision), **typed}
    client.post(_builder(survey), data)
    survey.refresh_from_db()
    return survey


def test_a_survey_is_started_from_its_service_and_may_open(sign_in: SignIn) -> None:
    survey = a_survey()
    service, manager = survey.service, _manager(survey)
    client = sign_in(manager)

    chosen = client.get(reverse("surveys:new"))
    form = {
        "from": "template", "title": "Second one", "channel": "website", "style": "tapping",
        "trust": "T1",
    }  # fmt: skip
    started = client.post(f"{reverse('surveys:new')}?service={service.code}", form, follow=True)

    assert service.name in chosen.content.decode()
    page = started.content.decode()
    assert f"This interaction increased my trust in {service.name}." in page
    assert "Ready to open." in page
    assert "English, Spanish" in page


def test_the_finding_stands_beside_its_question_with_rule_and_one_click_fix(
    sign_in: SignIn,
) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey, Role.CX_LEAD))
    text = "How likely are you to recommend us?"

    _press(client, survey, "save", **{"satisfaction.en": text})
    page = client.get(_builder(survey)).content.decode()
    survey = _press(client, survey, "use:satisfaction:S2")

    assert "One thing to fix before it can open." in page
    assert "280.10-d3" in page
    assert f"Use “I am satisfied with the service I received from {survey.service.name}.”" in page
    assert "Record the OMB discussion" in page
    assert "Ready to open." in client.get(_builder(survey)).content.decode()


def test_questions_are_added_moved_changed_and_removed_without_script(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))

    survey = _press(client, survey, "ask:additional")
    survey = _press(
        client,
        survey,
        "longer:question",
        **{"question.en": "Which boat?", "question.o0.en": "Sail", "question.purpose": "Routing"},
    )
    survey = _press(client, survey, "move:question:-1")
    survey = _press(client, survey, "remove:equity")

    ids = [each["id"] for each in survey.draft["questions"]]
    assert ids[-3:] == ["question", "employee", "comment"]
    assert "equity" not in ids
    question = survey.draft["questions"][-3]
    assert question["texts"]["en"] == "Which boat?"
    assert [each.get("texts", {}).get("en", "") for each in question["options"]] == ["Sail", "", ""]
    assert question["purpose"] == "Routing"


def test_typing_saves_by_itself_and_answers_with_what_was_found(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))

    answer = client.post(
        _builder(survey),
        {"revision": "1", "trust.en": "I am confident in it."},
        headers={"HX-Request": "true"},
    )

    page = answer.content.decode()
    assert 'id="found-trust" hx-swap-oob="true"' in page
    assert "asks for confidence" in page
    assert 'name="revision" id="revision" value="2"' in page
    assert "<html" not in page


def test_an_older_tab_is_refused_and_what_was_typed_stays_on_the_page(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))
    _press(client, survey, "save", **{"trust.en": "First tab."})

    answer = client.post(_builder(survey), {"revision": "1", "trust.en": "Second tab."})

    assert answer.status_code == 409
    assert "Second tab." in answer.content.decode()
    assert "changed in another window" in answer.content.decode()
    survey.refresh_from_db()
    assert survey.draft["questions"][0]["texts"]["en"] == "First tab."


def test_words_too_long_to_keep_are_refused_and_stay_on_the_page(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))
    typed = {"revision": "1", "trust.en": "word " * 5000}

    answer = client.post(_builder(survey), typed)
    by_itself = client.post(_builder(survey), typed, headers={"HX-Request": "true"})

    assert answer.status_code == 422
    assert "word word" in answer.content.decode()
    assert "cannot be used" in by_itself.content.decode()
    assert client.get(_builder(survey)).status_code == 200


def test_a_button_pressed_while_the_page_saves_itself_is_not_refused(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))
    typed = {"trust.en": "I trust it."}
    client.post(_builder(survey), {"revision": "1", **typed}, headers={"HX-Request": "true"})

    client.post(_builder(survey), {"revision": "1", "do": "remove:equity", **typed})

    survey.refresh_from_db()
    assert "equity" not in [each["id"] for each in survey.draft["questions"]]


def test_a_reason_written_beside_a_warning_settles_it(sign_in: SignIn) -> None:
    survey = a_survey(draft=a_document(pages=2))
    client = sign_in(_manager(survey))
    before = client.get(_builder(survey)).content.decode()

    _press(client, survey, "justify 280.10-n1@", **{"why 280.10-n1@": "Kiosks show one at a time."})
    after = client.get(_builder(survey)).content.decode()

    assert "One thing to fix" in before
    assert "Ready to open." in after
    assert "Why it stays: Kiosks show one at a time." in after


def test_opening_leads_to_links_and_codes_for_each_unit(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))

    opened = client.post(reverse("surveys:open", args=[survey.code]), follow=True)
    code = client.get(
        reverse("surveys:code", args=[survey.code]), {"unit": survey.service.owner.code}
    )

    assert f"/s/{survey.code}/?unit={survey.service.owner.code}" in opened.content.decode()
    assert code["Content-Type"] == "image/svg+xml"
    assert b"<svg xmlns" in code.content
    assert b"style=" not in code.content


@pytest.mark.proves("280.10-k2")
def test_the_link_for_a_website_needs_no_script_and_is_marked_self_selected(
    sign_in: SignIn,
) -> None:
    survey = a_survey()

    page = sign_in(_manager(survey)).get(reverse("surveys:share", args=[survey.code]))

    text = page.content.decode()
    assert "&lt;a href=" in text
    assert "&lt;script" not in text
    assert "self-selected" in text
    assert "no response rate" in text


def test_a_survey_that_is_not_ready_says_why_and_stays_closed(sign_in: SignIn) -> None:
    survey = a_survey(collection=None)

    answer = sign_in(_manager(survey)).post(
        reverse("surveys:open", args=[survey.code]), follow=True
    )

    assert "cannot open yet" in answer.content.decode()
    survey.refresh_from_db()
    assert survey.state == Survey.State.DRAFT


def test_the_preview_is_the_public_page_and_only_our_own_pages_frame_it(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))

    preview = client.get(reverse("surveys:preview", args=[survey.code]))
    builder = client.get(_builder(survey))

    assert 'name="trust" value="5"' in preview.content.decode()
    assert preview["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in preview["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in builder["Content-Security-Policy"]


def test_a_document_goes_out_as_a_file_and_comes_back_the_same(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))
    file = client.get(reverse("surveys:document", args=[survey.code])).content

    client.post(
        f"{reverse('surveys:new')}?service={survey.service.code}",
        {"from": "file", "file": SimpleUploadedFile("survey.json", file)},
    )

    copy = Survey.objects.exclude(pk=survey.pk).get()
    assert copy.draft == json.loads(file)


def test_a_file_that_is_no_survey_says_what_is_wrong_and_changes_nothing(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))
    bad = SimpleUploadedFile("survey.json", b'{"title": "x", "questions": [], "color": 1}')

    answer = client.post(
        reverse("surveys:read-file", args=[survey.code]), {"file": bad}, follow=True
    )

    assert "no key “color”" in answer.content.decode()
    survey.refresh_from_db()
    assert survey.draft_revision == 1


def test_the_facts_around_the_questions_are_changed(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey))
    address = reverse("surveys:about", args=[survey.code])
    form = {
        "title": "Boats", "heading_en": "How was it?", "heading_es": "¿Cómo fue?",
        "introduction_en": "It helps us.", "channel": "website", "mode": "web",
        "placement": "prompt", "level": "transaction", "revision": "1", "hisp_reporting": "on",
        "collection": str(survey.collection_id),
    }  # fmt: skip

    client.post(address, form)

    survey.refresh_from_db()
    assert survey.title == "Boats"
    assert survey.draft["titles"] == {"en": "How was it?", "es": "¿Cómo fue?"}
    assert survey.draft["introductions"] == {"en": "It helps us."}
    assert survey.draft["placement"] == "prompt"


def test_the_cx_lead_records_a_talk_and_the_manager_cannot(sign_in: SignIn) -> None:
    survey = a_survey()
    agency = survey.service.owner
    form = {
        "agency": str(agency.pk), "survey": str(survey.pk), "kind": "trust_icons",
        "held_on": date(2022, 1, 3).isoformat(), "contact": "A. Reviewer", "outcome": "agreed",
    }  # fmt: skip

    refused = sign_in(_manager(survey)).post(reverse("surveys:record-discussion"), form)
    assert not OmbDiscussion.objects.exists()
    sign_in(_manager(survey, Role.CX_LEAD)).post(reverse("surveys:record-discussion"), form)

    assert refused.status_code == 403
    assert OmbDiscussion.objects.get().kind == "trust_icons"


@pytest.mark.parametrize(
    "route", ["builder", "preview", "about", "share", "code", "document", "close"]
)
def test_another_agencys_survey_does_not_exist(sign_in: SignIn, route: str) -> None:
    survey = a_survey()
    stranger = a_person(Role.PROGRAM_MANAGER, a_service().owner)

    answer = sign_in(stranger).get(reverse(f"surveys:{route}", args=[survey.code]))

    assert answer.status_code == 404


def test_an_analyst_reads_and_has_nothing_to_change(sign_in: SignIn) -> None:
    survey = a_survey()
    client = sign_in(_manager(survey, Role.ANALYST))

    page = client.get(_builder(survey))
    refused = client.post(_builder(survey), {"do": "remove:trust", "revision": "1"})

    assert page.status_code == 200
    assert "Remove" not in page.content.decode()
    assert refused.status_code == 403


def test_the_list_says_what_will_appear_and_how(sign_in: SignIn) -> None:
    service = a_service()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, service.owner))

    empty = client.get(reverse("surveys:list")).content.decode()
    survey = a_survey(service)
    full = client.get(reverse("surveys:list")).content.decode()

    assert "Start one: choose a service" in empty
    assert survey.title in full
