"""The measurement plan counts every survey, here and elsewhere."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.surveys import actions
from cx280.surveys.models import OtherCollection
from cx280.surveys.rules.inversion import looks_inverted
from cx280.surveys.rules.plan import PlanLine, active_count, without_plan
from cx280.surveys.rules.vocabulary import Level
from tests.builders import a_hisp, a_person, a_service, a_survey

SignIn = Callable[[Person], Client]


def _line(provider: str, *, timing: str = "Each May", active: bool = True) -> PlanLine:
    return PlanLine(
        "Survey", "Boats", provider, Level.RELATIONSHIP, timing, "Owners", "", None, active
    )


@pytest.mark.proves("280.10-o1")
def test_a_provider_without_a_plan_is_a_warning() -> None:
    providers = [("boats", "Boat Office"), ("trails", "Trail Office"), ("parks", "Park Office")]

    found = without_plan(providers, [_line("boats"), _line("trails", timing="")])

    assert [(each.rule, each.severity) for each in found] == [("280.10-o1", "warn")] * 2
    assert "Trail Office" in found[0].message


@pytest.mark.proves("280.10-o2")
def test_the_plan_counts_every_active_collection() -> None:
    assert active_count([_line("a"), _line("", active=False), _line("b")]) == 2


@pytest.mark.proves("280.10-o1", "280.10-o2")
@pytest.mark.django_db
def test_the_plan_lists_surveys_here_and_elsewhere_and_goes_out_as_a_file(sign_in: SignIn) -> None:
    survey = a_survey()
    survey.service.hisp = a_hisp(survey.service.owner, name="Boat Office")
    survey.service.save()
    a_hisp(survey.service.owner, name="Trail Office")
    actions.open_survey(survey, by=None, on=timezone.localdate())
    lead = a_person(Role.CX_LEAD, survey.service.owner)
    form = {
        "agency": str(survey.service.owner.pk), "title": "Yearly survey", "level": "relationship",
        "timing": "Each January", "population": "Boat owners", "control_number": "1094-0123",
    }  # fmt: skip

    client = sign_in(lead)
    client.post(reverse("surveys:add-other"), form)
    page = client.get(reverse("plan:plan")).content.decode()
    file = client.get(reverse("plan:file"))

    assert "We ask people in 2 surveys now" in page
    assert "Trail Office has no plan" in page
    assert "Boat Office has no plan" not in page
    text = b"".join(file.streaming_content) if file.streaming else file.content  # type: ignore[attr-defined]
    rows = list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))
    assert {each["title"] for each in rows} == {survey.title, "Yearly survey"}


@pytest.mark.django_db
def test_another_agency_sees_none_of_it(sign_in: SignIn) -> None:
    survey = a_survey()
    lead = a_person(Role.CX_LEAD, survey.service.owner)
    actions.add_other_collection(
        survey.service.owner, by=lead, title="Ours", level="journey", timing="x", population="y",
        ended_on=date(2030, 1, 1),
    )  # fmt: skip
    stranger = a_person(Role.CX_LEAD, a_service().owner)

    page = sign_in(stranger).get(reverse("plan:plan")).content.decode()

    assert OtherCollection.objects.count() == 1
    assert "Ours" not in page
    assert survey.title not in page


@pytest.mark.proves("280.10-e4")
@pytest.mark.parametrize(
    ("code", "text", "inverted"),
    [
        (1, "Great service, thank you!", True),
        (1, "Excelente, muy amable.", True),
        (1, "It was not great.", False),
        (1, "Thank you for nothing.", False),
        (1, "The best office, but slow.", False),
        (5, "Great service!", False),
        (1, "", False),
    ],
)
def test_the_lowest_score_beside_warm_words_is_reported(
    code: int, text: str, inverted: bool
) -> None:
    assert looks_inverted(code, text) is inverted
