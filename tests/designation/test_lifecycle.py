"""A proposal's way: written, signed, returned, concurred with; and what it meets."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.designation import access
from cx280.designation.actions.moving import (
    NotReady,
    concur_with_proposal,
    return_proposal,
    sign_proposal,
)
from cx280.designation.actions.trail import ChangedMeanwhile
from cx280.designation.actions.writing import (
    begin_proposal,
    choose,
    drop,
    write_figures,
    write_weights,
)
from cx280.designation.models import Proposal
from cx280.designation.queries.proposals import candidates_of
from cx280.designation.rules.scoring import Span
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.obligations.actions.bringing_up import bring_up
from cx280.obligations.models import Obligation
from cx280.obligations.queries.standing import Line, line_of
from cx280.obligations.rules.vocabulary import State
from cx280.services.queries import designated_services
from tests.builders import a_designation, a_person, an_agency
from tests.designation.builders import (
    WHY,
    Choosing,
    a_provider_that_chooses,
    a_ready_proposal,
    a_signed_proposal,
)

pytestmark = pytest.mark.django_db
SIGNED, ANSWERED = date(2022, 12, 1), date(2022, 12, 20)


@pytest.fixture
def choosing() -> Choosing:
    return a_provider_that_chooses()


def obligation(choosing: Choosing, today: date) -> Line:
    row = Obligation.objects.get(hisp=choosing.hisp, code="designation", period="FY2023")
    return line_of(row, today)


@pytest.mark.proves("280.13-b6")
def test_nothing_is_proposed_without_a_certified_inventory() -> None:
    choosing = a_provider_that_chooses(certified=False)

    with pytest.raises(Conflict, match="no certified inventory") as refused:
        begin_proposal(choosing.hisp, fiscal_year=2023, by=choosing.lead)

    assert refused.value.rule == "280.13-b6"
    assert not Proposal.objects.exists()


@pytest.mark.proves("280.10-b1", "INC-40")
def test_a_proposal_begins_with_what_is_designated_and_known(choosing: Choosing) -> None:
    a_designation(choosing.hisp, choosing.services[0], why="It always was.")

    proposal = begin_proposal(choosing.hisp, fiscal_year=2023, by=choosing.lead)

    assert [(each.service, each.why) for each in proposal.choices.all()] == [
        (choosing.services[0], "It always was.")
    ]
    known = {each.name: each.known for each in candidates_of(proposal)}
    assert known["Boat permits"]["customers"] == Span(900, 900, 900, "FY2022: Counts")
    assert known["Flood grants"] == {}
    assert begin_proposal(choosing.hisp, fiscal_year=2023, by=choosing.lead) == proposal


@pytest.mark.proves("280.13-b1", "280.13-b6", "280.14-a1")
def test_one_service_is_not_signed_and_only_the_official_signs(choosing: Choosing) -> None:
    proposal = a_ready_proposal(choosing)
    with pytest.raises(NotAllowed):
        sign_proposal(proposal, seen=proposal.revision, by=choosing.lead, on=SIGNED)
    drop(proposal, choosing.services[1], by=choosing.lead)
    proposal.refresh_from_db()

    with pytest.raises(NotReady, match="1 service is put forward") as refused:
        sign_proposal(proposal, seen=proposal.revision, by=choosing.official, on=SIGNED)

    assert refused.value.rule == "280.13-b6"
    assert not choosing.hisp.designations.exists()


@pytest.mark.proves("INC-25", "280.13-b6", "280.14-a1")
def test_signed_services_wait_for_omb_and_count_from_its_day(choosing: Choosing) -> None:
    bring_up(date(2022, 12, 1))
    proposal = a_signed_proposal(choosing)
    assert not designated_services(choosing.hisp, SIGNED).exists()
    assert obligation(choosing, date(2023, 2, 1)).state is State.ON_TIME

    with pytest.raises(NotAllowed):
        concur_with_proposal(proposal, seen=proposal.revision, on=ANSWERED, by=choosing.lead)
    with pytest.raises(Unusable, match="between the signature and today"):
        concur_with_proposal(
            proposal, seen=proposal.revision, on=date(2022, 11, 1), by=choosing.reviewer
        )
    concur_with_proposal(proposal, seen=proposal.revision, on=ANSWERED, by=choosing.reviewer)

    assert set(designated_services(choosing.hisp, ANSWERED)) == set(choosing.services[:2])
    assert not designated_services(choosing.hisp, date(2022, 12, 19)).exists()
    with pytest.raises(Conflict, match="stays as it is"):
        choose(proposal, choosing.services[2], why=WHY, by=choosing.lead)


@pytest.mark.proves("INC-25", "280.14-a1")
def test_what_omb_returns_is_open_again_and_both_signatures_are_kept(choosing: Choosing) -> None:
    bring_up(date(2022, 12, 1))
    proposal = a_signed_proposal(choosing)
    with pytest.raises(Unusable, match="what the agency has to change"):
        return_proposal(proposal, seen=proposal.revision, because=" ", by=choosing.reviewer,
                        on=ANSWERED)  # fmt: skip
    return_proposal(proposal, seen=proposal.revision, because="Passes serve too few.",
                    by=choosing.reviewer, on=ANSWERED)  # fmt: skip

    line = obligation(choosing, date(2023, 2, 1))
    assert (line.state, line.returned_on, line.met_on) == (State.RETURNED, ANSWERED, None)
    assert not choosing.hisp.designations.filter(ended_on__isnull=True).exists()

    proposal.refresh_from_db()
    drop(proposal, choosing.services[1], by=choosing.lead)
    write_figures(proposal, choosing.services[2], by=choosing.lead,
                  known={"priority": Span(5, 4, 5, "Interviews")})  # fmt: skip
    choose(proposal, choosing.services[2], why=WHY, by=choosing.lead)
    proposal.refresh_from_db()
    sign_proposal(proposal, seen=proposal.revision, by=choosing.official, on=date(2023, 1, 9))

    line = obligation(choosing, date(2023, 2, 1))
    assert (line.state, line.met_on) == (State.ON_TIME, SIGNED)
    kept = [each.content for each in proposal.history.filter(move="sign")]
    assert [[each["name"] for each in content["services"]] for content in kept if content] == [
        ["Boat permits", "Trail passes"],
        ["Boat permits", "Flood grants"],
    ]
    actions = AuditEntry.objects.filter(action__endswith="_proposal").values_list("action", "actor")
    assert list(actions.order_by("pk")) == [
        ("begin_proposal", choosing.lead.email),
        ("sign_proposal", choosing.official.email),
        ("return_proposal", choosing.reviewer.email),
        ("sign_proposal", choosing.official.email),
    ]


def test_nobody_decides_on_what_changed_meanwhile(choosing: Choosing) -> None:
    proposal = a_ready_proposal(choosing)
    seen = proposal.revision
    choose(proposal, choosing.services[2], why=WHY, by=choosing.lead)
    write_figures(proposal, choosing.services[2], by=choosing.lead,
                  known={"cost": Span(9, 9, 9, "Budget")})  # fmt: skip

    with pytest.raises(ChangedMeanwhile):
        sign_proposal(proposal, seen=seen, by=choosing.official, on=SIGNED)

    proposal.refresh_from_db()
    signed = proposal.revision
    sign_proposal(proposal, seen=signed, by=choosing.official, on=SIGNED)
    with pytest.raises(Conflict):
        sign_proposal(proposal, seen=signed, by=choosing.official, on=SIGNED)


@pytest.mark.proves("280.13-b6")
def test_the_next_years_services_count_from_its_first_day_and_the_others_end_before(
    choosing: Choosing,
) -> None:
    one, other, third = choosing.services
    for each in (one, third):
        a_designation(choosing.hisp, each)
    proposal = begin_proposal(choosing.hisp, fiscal_year=2023, by=choosing.lead)
    drop(proposal, third, by=choosing.lead)
    for each in (one, other):
        choose(proposal, each, why=WHY, by=choosing.lead)
    proposal.refresh_from_db()
    sign_proposal(proposal, seen=proposal.revision, by=choosing.official, on=date(2022, 8, 1))
    proposal.refresh_from_db()

    concur_with_proposal(
        proposal, seen=proposal.revision, on=date(2022, 8, 20), by=choosing.reviewer
    )

    def on(day: date) -> set[object]:
        return set(designated_services(choosing.hisp, day))

    assert on(date(2022, 9, 30)) == {one, third}
    assert on(date(2022, 10, 1)) == {one, other}


@pytest.mark.proves("INC-40", "280.10-b1")
def test_figures_name_who_says_so_and_weights_are_kept(choosing: Choosing) -> None:
    proposal, service = a_ready_proposal(choosing), choosing.services[2]

    with pytest.raises(Unusable, match="who says so") as refused:
        write_figures(proposal, service, known={"cost": Span(9, 9, 9, " ")}, by=choosing.lead)
    assert refused.value.field == "cost_source"
    with pytest.raises(Unusable, match="between its two ends"):
        write_figures(proposal, service, known={"cost": Span(9, 10, 11, "B")}, by=choosing.lead)
    with pytest.raises(Unusable):
        write_weights(proposal, weights={"cost": 0}, by=choosing.lead)
    write_weights(proposal, weights={"cost": 3, "priority": 1}, by=choosing.lead)

    proposal.refresh_from_db()
    assert proposal.weights == {"customers": 0, "cost": 3, "priority": 1}


def test_nobody_sees_anothers_draft_and_omb_sees_what_was_signed(choosing: Choosing) -> None:
    proposal = a_ready_proposal(choosing)
    where = (choosing.hisp.code, 2023)
    for person in (choosing.reviewer, a_person(Role.CX_LEAD, an_agency())):
        with pytest.raises(NotFound):
            access.proposal_to_see(person, *where)

    sign_proposal(proposal, seen=proposal.revision, by=choosing.official, on=timezone.localdate())

    assert access.proposal_to_see(choosing.reviewer, *where) == proposal
