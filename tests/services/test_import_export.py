"""Inventories travel between installations and lose nothing."""

from datetime import date

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings

from cx280.accounts.access import organizations_where
from cx280.accounts.rules import Capability, Role
from cx280.agencies.models import Organization
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Unusable
from cx280.services import actions, queries
from cx280.services.models import JourneyStep, Service
from cx280.services.rules.inventory_csv import from_csv, to_csv
from cx280.services.rules.inventory_json import from_json, to_json
from cx280.services.rules.record import (
    RoleRecord,
    ServiceRecord,
    in_order,
    with_plain_line_ends,
)
from cx280.services.rules.worksheet import to_worksheet
from tests.builders import a_journey, a_person, a_service, a_survey, a_unit, an_agency
from tests.services.records import INVENTORIES

pytestmark = pytest.mark.django_db


def a_full_service() -> Service:
    """A service with something in every part."""
    service = a_service(website="https://example.gov/boats", eligible_population=90_000)
    tool = service.tools.create(name="Permit; database")
    service.customers.create(customer_type="individual", interaction_path="direct")
    service.volumes.create(fiscal_year=2021, customers=12_000, source="Report | annex")
    service.volumes.create(fiscal_year=2021, channel="website", customers=9_000, source="Log")
    service.partners.create(name="State offices", contact="Desk 4")
    service.partners.create(organization=an_agency())
    step = a_journey(service).steps.all()[1]
    step.front_stage, step.organization = "Clerk checks.", service.owner
    step.save()
    step.tools.add(tool)
    service.channels.filter(channel="website").update(since=date(2015, 1, 1))
    return service


def all_records() -> list[ServiceRecord]:
    return queries.records_of(Service.objects.order_by("code"))


@pytest.mark.proves("280.4-g1", "INC-26")
@pytest.mark.parametrize("kind", ["csv", "json"])
def test_an_inventory_is_the_same_after_a_round_trip(kind: str) -> None:
    a_full_service()
    unit = a_unit(an_agency(name="Interior"), "bureau", name="Parks")
    a_service(unit)
    before = all_records()
    assert "Interior › Parks" in {each.unit_path for each in before}

    text = "".join(to_csv(before)) if kind == "csv" else to_json(before)
    Service.objects.all().delete()
    records, problems = from_csv(text) if kind == "csv" else from_json(text)
    done = actions.import_services(records, by=None, unreadable=problems)

    assert (done.rows, done.accepted, done.changed, done.rejected) == (2, 2, 2, [])
    assert all_records() == before


def test_the_same_file_twice_changes_nothing() -> None:
    a_full_service()
    records = all_records()
    Service.objects.all().delete()
    actions.import_services(records, by=None)
    told = AuditEntry.objects.count()

    again = actions.import_services(records, by=None)

    assert (again.accepted, again.changed) == (1, 0)
    assert AuditEntry.objects.count() == told


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(INVENTORIES)
def test_any_inventory_survives_the_database(records: list[ServiceRecord]) -> None:
    Service.objects.all().delete()
    unit = an_agency("unit-1") if not _has_unit() else None

    done = actions.import_services(records, by=None)

    stored = {each.code: each for each in all_records()}
    clashes = len(done.rejected)  # two services of one unit with one name
    assert done.accepted + clashes == len(records)
    assert all("already has" in each.message for each in done.rejected)
    for record in records:
        if record.code in stored:
            wanted = in_order(with_plain_line_ends(record))
            found = stored[record.code]
            assert msgspec.structs.replace(found, unit_path="") == wanted
    assert unit is None or unit.code == "unit-1"


def _has_unit() -> bool:
    return Organization.objects.filter(code="unit-1").exists()


def test_a_row_is_stored_with_its_findings_or_rejected_with_a_reason() -> None:
    unit = an_agency().code
    rows = [
        ServiceRecord(code="bare", name="Bare", unit=unit),
        ServiceRecord(code="lost", name="Lost", unit="nowhere"),
        ServiceRecord(code="odd", name="Odd", unit=unit, process_kind="magic"),
        ServiceRecord(code="hisp", name="Hisp", unit=unit, hisp="nobody"),
        ServiceRecord(code="bare", name="Bare again", unit=unit),
    ]

    done = actions.import_services(rows, by=None)

    assert (done.rows, done.accepted, len(done.rejected)) == (5, 1, 4)
    assert done.findings["280.5-a3"] == 1
    assert [each.row for each in done.rejected] == [2, 3, 4, 5]


def test_a_name_stands_on_one_line_and_a_text_has_plain_line_ends() -> None:
    unit = an_agency().code
    rows = [
        ServiceRecord(code="two-lines", name="Boat\r\npermits", unit=unit),
        ServiceRecord(
            code="role",
            name="R",
            unit=unit,
            roles=(RoleRecord(task="a\x85b", performer="employee"),),
        ),
        ServiceRecord(code="texts", name="Texts", unit=unit, occasion="One.\r\nTwo.\rThree."),
    ]

    done = actions.import_services(rows, by=None)
    again = actions.import_services(rows, by=None)

    assert [each.row for each in done.rejected] == [1, 2]
    assert all("line break" in each.message for each in done.rejected)
    assert Service.objects.get().occasion == "One.\nTwo.\nThree."
    assert (again.accepted, again.changed) == (1, 0)


def test_nobody_imports_into_another_unit() -> None:
    own, foreign = an_agency(), an_agency()
    manager = a_person(Role.PROGRAM_MANAGER, own)
    taken = a_service(foreign)
    rows = [
        ServiceRecord(code="new", name="New", unit=foreign.code),
        ServiceRecord(code=taken.code, name="Stolen", unit=own.code),
    ]

    within = organizations_where(manager, Capability.EDIT_SERVICES)
    done = actions.import_services(rows, by=manager, within=within)

    assert (done.accepted, len(done.rejected)) == (0, 2)
    taken.refresh_from_db()
    assert taken.name != "Stolen"


def test_a_file_cannot_take_the_last_traditional_channel_away() -> None:
    service = a_service()
    record = queries.record_of(service)
    online = msgspec.structs.replace(
        record, channels=tuple(each for each in record.channels if each.channel == "website")
    )

    done = actions.import_services([online], by=None)

    assert "last traditional channel" in done.rejected[0].message
    assert service.channels.count() == 2


def test_importing_again_keeps_the_step_a_survey_asks_about() -> None:
    service = a_full_service()
    step = JourneyStep.objects.filter(is_moment_that_matters=True).get()
    survey = a_survey(service, journey_step=step)
    record = queries.record_of(service)
    renamed = from_json(to_json([record]).replace('"Applies"', '"Asks for it"'))[0]

    actions.import_services(renamed, by=None)

    survey.refresh_from_db()
    assert survey.journey_step is not None
    assert survey.journey_step.name == "Asks for it"


@pytest.mark.proves("280.4-g8")
def test_a_worksheet_brings_the_five_parts_back() -> None:
    service = a_full_service()
    sheet = to_worksheet(queries.record_of(service))

    assert not actions.import_worksheet(service, sheet, by=None)
    changed = sheet.replace("Somebody bought a boat", "Somebody inherited a boat")
    assert actions.import_worksheet(service, changed, by=None)

    service.refresh_from_db()
    assert service.occasion.startswith("Somebody inherited a boat")
    with pytest.raises(Unusable):
        actions.import_worksheet(service, "# nothing", by=None)
