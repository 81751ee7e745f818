"""Who came together: offices that never took part are named; and services nobody assessed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.designation.actions.meetings import keep_assessment, keep_meeting
from cx280.designation.models import Meeting, ServiceAssessment
from cx280.designation.queries.assessments import lacking
from cx280.designation.queries.meetings import together
from cx280.designation.rules.offices import support_there, taken, who_is_missing
from cx280.designation.rules.vocabulary import Office, Part
from cx280.kernel.finding import Severity
from cx280.kernel.problem import Conflict, NotAllowed, Unusable
from cx280.services.models import Service
from tests.builders import a_designation, a_person, an_agency
from tests.designation.builders import Choosing, a_provider_that_chooses

SignIn = Callable[[Person], Client]
ALL_CAME = {each.value: (Part.CAME.value, "") for each in Office}
SUPPORT = [each for each in Office if each.is_support]
MEETINGS = some.lists(
    some.fixed_dictionaries(
        {each.value: some.sampled_from(list(Part)).map(lambda p: (p, "Vacant")) for each in Office}
    ),
    max_size=4,
)  # fmt: skip


@pytest.mark.proves("280.13-b5")
def test_there_are_the_six_support_offices_of_the_circular() -> None:
    assert [each.label for each in SUPPORT] == [
        "Chief Information Officer", "Chief Human Capital Officer", "Chief Financial Officer",
        "Performance Improvement Officer", "Evaluation Officer", "Chief Data Officer",
    ]  # fmt: skip


@pytest.mark.proves("280.13-b4", "280.13-b5")
@given(MEETINGS)
@settings(max_examples=40)
def test_exactly_the_support_offices_that_never_came_are_named(
    meetings: list[dict[str, tuple[str, str]]],
) -> None:
    offices = taken(meetings)

    found = who_is_missing(len(meetings), offices, 2023)

    never = [o for o in SUPPORT if all(each[o.value][0] != Part.CAME for each in meetings)]
    named = [each.where for each in found if each.rule == "280.13-b5"]
    assert named == ([f"offices[{each}]" for each in never] if meetings else [])
    assert support_there(offices) == len(SUPPORT) - len(never)
    assert all(each.severity is Severity.WARN for each in found)
    staff = any(each[o][0] == Part.CAME for each in meetings for o in ("program", "field"))
    assert any(each.rule == "280.13-b4" for each in found) == (not staff)


@pytest.fixture
def choosing(db: None) -> Choosing:
    return a_provider_that_chooses(certified=False)


def a_meeting(choosing: Choosing, by: Person | None = None, **changed: tuple[str, str]) -> Meeting:
    return keep_meeting(
        choosing.hisp, None, fiscal_year=2023, about="designation", held_on=date(2022, 11, 2),
        services=[], decided="Permits first.", seats={**ALL_CAME, **changed},
        by=by or choosing.lead, now=timezone.now(),
    )  # fmt: skip


@pytest.mark.proves("280.13-b4", "280.13-b5")
def test_who_never_came_in_the_year_is_told_with_the_reason(choosing: Choosing) -> None:
    assert [each.rule for each in together(choosing.hisp, 2023).findings] == ["280.13-b4"]
    with pytest.raises(Unusable, match="why this office was not invited") as refused:
        a_meeting(choosing, cdo=("not_invited", " "))
    assert refused.value.field == "cdo_words"
    with pytest.raises(NotAllowed):
        a_meeting(choosing, by=a_person(Role.ANALYST, choosing.agency))

    a_meeting(choosing, cdo=("not_invited", "The post was vacant"), cio=("invited", ""))
    a_meeting(choosing, cdo=("not_invited", "The post was vacant"))

    found = together(choosing.hisp, 2023)
    (finding,) = found.findings
    assert (
        "Chief Data Officer never took part (never invited: The post was vacant)" in finding.message
    )
    assert found.support == 5
    assert together(choosing.hisp, 2022).meetings == []
    assert AuditEntry.objects.filter(action="keep_meeting").count() == 2


@pytest.mark.proves("280.13-b4")
def test_a_meeting_is_kept_on_its_page_and_shown_beside_proposal_and_plan(
    choosing: Choosing, sign_in: SignIn
) -> None:
    client, where = sign_in(choosing.lead), [choosing.hisp.code, 2023]
    new = reverse("designation:new-meeting", args=where)
    typed: dict[str, object] = {f"{each}_part": "came" for each in Office}
    typed |= {"about": "plan", "held_on": "2022-11-02", "services": [choosing.services[0].code],
              "cfo_part": "not_invited"}  # fmt: skip

    refused = client.post(new, {**typed, "decided": "Text everybody.", "cfo_words": ""})
    client.post(new, {**typed, "decided": "Text everybody.", "cfo_words": "Budget season"})
    client.post("/plans/", {"hisp": choosing.hisp.code, "fiscal_year": 2023})
    page = client.get(reverse("designation:meetings", args=where)).content.decode()
    plan = client.get("/plans/", follow=True).content.decode()

    assert refused.status_code == 422
    assert "Text everybody." in refused.content.decode()
    assert "never invited: Budget season" in page
    assert "Boat permits" in page
    assert Meeting.objects.count() == 1
    assert "Rivers and Trails" in plan
    stranger = sign_in(a_person(Role.CX_LEAD, an_agency()))
    for address in (new, reverse("designation:meetings", args=where)):
        assert stranger.get(address).status_code == 404
    omb = sign_in(choosing.reviewer)
    assert omb.get(reverse("designation:meetings", args=where)).status_code == 404


@pytest.mark.proves("280.14-f1")
def test_each_designated_service_without_an_assessment_in_the_year_is_named(
    choosing: Choosing, sign_in: SignIn
) -> None:
    for each in choosing.services[:2]:
        a_designation(choosing.hisp, each)
    today, every = date(2023, 6, 1), Service.objects.all()

    def assess(service: Service, day: date) -> ServiceAssessment:
        return keep_assessment(
            service, assessed_on=day, office="CX office", how="Walked through it with customers.",
            found="Nobody says how long it takes.", by=choosing.lead, today=today,
        )  # fmt: skip

    assess(choosing.services[0], date(2022, 10, 1))
    assess(choosing.services[1], date(2022, 9, 30))
    with pytest.raises(Conflict, match="already"):
        assess(choosing.services[1], date(2022, 9, 30))
    with pytest.raises(Unusable, match="not come yet"):
        assess(choosing.services[1], date(2023, 6, 2))

    (found,) = lacking(every, 2023, today)
    assert (found.rule, found.severity) == ("280.14-f1", Severity.WARN)
    assert "Trail passes was not assessed in FY2023" in found.message
    page = sign_in(choosing.lead).get(reverse("designation:assessments")).content.decode()
    assert "Walked through it with customers." in page
    assert sign_in(choosing.reviewer).get(reverse("designation:assessments")).status_code == 403
