"""An inventory is certified once nothing in it is wrong, and what was certified stays."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, NotAllowed, NotFound
from cx280.services import access, actions, queries
from cx280.services.models import InventoryCycle
from tests.builders import a_journey, a_person, a_service, a_unit, an_agency

pytestmark = pytest.mark.django_db
AT = datetime(2022, 3, 1, 15, 0, tzinfo=UTC)


def a_cycle_in_review(agency: Organization) -> InventoryCycle:
    lead = a_person(Role.CX_LEAD, agency)
    cycle = actions.open_cycle(agency, fiscal_year=2022, by=lead)
    actions.start_review(cycle, by=lead)
    return cycle


@pytest.mark.proves("280.5-a1", "280.4-d5")
def test_certification_is_refused_while_a_service_has_an_error() -> None:
    agency = an_agency()
    cycle = a_cycle_in_review(agency)
    a_service(agency)
    broken = a_service(agency, description="")

    with pytest.raises(Conflict, match="1 of 2 services have errors") as refused:
        actions.certify_inventory(cycle, by=a_person(Role.CX_LEAD, agency), at=AT)

    assert broken.name in refused.value.message
    cycle.refresh_from_db()
    assert cycle.state == InventoryCycle.State.REVIEW
    assert not AuditEntry.objects.filter(action="certify_inventory").exists()


@pytest.mark.proves("280.4-d5", "280.5-a4")
def test_certification_is_refused_while_nobody_answers_for_a_service() -> None:
    agency = an_agency()
    cycle = a_cycle_in_review(agency)
    a_service(a_unit(agency, "bureau", active_until=datetime(2021, 1, 1, tzinfo=UTC).date()))

    with pytest.raises(Conflict):
        actions.certify_inventory(cycle, by=a_person(Role.CX_LEAD, agency), at=AT)


@pytest.mark.proves("280.5-a1")
def test_a_certificate_says_who_when_how_many_and_what() -> None:
    agency = an_agency()
    cycle = a_cycle_in_review(agency)
    service = a_service(agency)
    a_service(a_unit(agency, "bureau"))
    a_service()  # another agency's
    lead = a_person(Role.CX_LEAD, agency)

    actions.certify_inventory(cycle, by=lead, at=AT)

    kept = InventoryCycle.objects.get(pk=cycle.pk)
    assert (kept.certified_by, kept.certified_at, kept.service_count) == (lead, AT, 2)
    assert len(kept.digest) == 64
    assert queries.is_intact(kept)
    assert service.code in queries.certified_codes(agency)


@pytest.mark.proves("280.5-a1")
def test_a_certificate_shows_when_it_was_tampered_with() -> None:
    agency = an_agency()
    cycle = a_cycle_in_review(agency)
    service = a_service(agency)
    actions.certify_inventory(cycle, by=a_person(Role.CX_LEAD, agency), at=AT)

    actions.save_service(service, by=None, values={"description": "Another text altogether."})
    assert queries.is_intact(InventoryCycle.objects.get(pk=cycle.pk))

    kept = InventoryCycle.objects.get(pk=cycle.pk)
    assert kept.inventory is not None
    kept.inventory["services"][0]["name"] = "Something else"
    kept.save()
    assert not queries.is_intact(InventoryCycle.objects.get(pk=cycle.pk))


def test_an_inventory_is_reviewed_before_it_is_certified_and_certified_once() -> None:
    agency = an_agency()
    a_service(agency)
    lead = a_person(Role.CX_LEAD, agency)
    cycle = actions.open_cycle(agency, fiscal_year=2022, by=lead)

    with pytest.raises(Conflict, match="in review"):
        actions.certify_inventory(cycle, by=lead)
    actions.start_review(cycle, by=lead)
    actions.return_to_bureaus(cycle, by=lead)
    actions.start_review(cycle, by=lead)
    actions.certify_inventory(cycle, by=lead)

    with pytest.raises(Conflict):
        actions.certify_inventory(cycle, by=lead)
    with pytest.raises(Conflict, match="FY2022 already"):
        actions.open_cycle(agency, fiscal_year=2022, by=lead)


def test_an_empty_inventory_is_not_certified() -> None:
    agency = an_agency()

    with pytest.raises(Conflict, match="no service"):
        actions.certify_inventory(a_cycle_in_review(agency), by=a_person(Role.CX_LEAD, agency))


def test_who_may_certify() -> None:
    agency = an_agency()
    cycle = a_cycle_in_review(agency)

    assert access.cycle_to_certify(a_person(Role.ACCOUNTABLE_OFFICIAL, agency), cycle.pk) == cycle
    manager = a_person(Role.PROGRAM_MANAGER, a_unit(agency, "bureau"))
    assert access.cycle_to_see(manager, cycle.pk) == cycle
    with pytest.raises(NotAllowed):
        access.cycle_to_certify(manager, cycle.pk)
    with pytest.raises(NotFound):
        access.cycle_to_see(a_person(Role.CX_LEAD, an_agency()), cycle.pk)


def test_completeness_is_counted_by_bureau_least_complete_first() -> None:
    agency = an_agency()
    waters, trails = a_unit(agency, "bureau"), a_unit(agency, "bureau")
    a_service(waters).tools.create(name="Database")
    bare = a_service(a_unit(trails), occasion="", offering="")

    lines = queries.inventory([bare, *waters.services.all()])
    first, second = queries.by_bureau(lines)

    assert (first.organization, first.completeness.there) == (trails, 2)
    assert (second.organization, second.completeness.is_whole) == (waters, True)


@pytest.mark.proves("280.7-a1")
def test_the_shares_of_digital_services_equal_a_hand_count() -> None:
    both = a_service()
    only_web = a_service()
    only_web.channels.filter(channel="in_person").delete()
    only_counter = a_service()
    only_counter.channels.filter(channel="website").delete()

    figures = queries.channel_figures(queries.inventory([both, only_web, only_counter]))

    assert figures == {"services": 3, "digital": 2, "only_digital": 1}


def test_an_inventory_is_read_in_as_many_queries_however_long_it_is(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    agency = an_agency()
    a_journey(a_service(agency))
    with CaptureQueriesContext(connection) as one:
        queries.inventory(agency.services.select_related("owner"))

    for _ in range(5):
        a_journey(a_service(agency))

    with django_assert_num_queries(len(one)):
        queries.inventory(agency.services.select_related("owner"))
