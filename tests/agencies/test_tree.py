"""The organization tree: what may stand where, dated changes, moves, ends."""

import random
from datetime import date, timedelta

import pytest
from django.db.models import ProtectedError
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.agencies import actions
from cx280.agencies.actions import Change
from cx280.agencies.models import Level, Organization
from cx280.agencies.queries import (
    agency_of,
    in_tree_order,
    planned_changes,
    unit_by_code,
    units_of,
    value_on,
)
from cx280.agencies.rules.tree import ORDER, code_written, place_fits, time_zone_known
from cx280.agencies.tasks import carry_out_planned_changes
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, NotFound, Problem, Unusable
from cx280.services.models import Service
from tests.builders import a_service, a_unit, an_agency

ACTOR = "admin@example.gov"


def today() -> date:
    return timezone.localdate()


def test_the_levels_are_those_that_units_are_stored_with() -> None:
    assert list(ORDER) == Level.values


@given(st.sampled_from(ORDER), st.sampled_from(ORDER))
def test_a_unit_stands_below_a_higher_level_only(level: str, parent: str) -> None:
    fits = True
    try:
        place_fits(level, parent)
    except Conflict:
        fits = False

    assert fits == (ORDER.index(level) > ORDER.index(parent))


@pytest.mark.parametrize("level", ORDER[1:])
def test_only_a_department_stands_at_the_top(level: str) -> None:
    place_fits("department", None)

    with pytest.raises(Conflict, match="stands at the top"):
        place_fits(level, None)


@given(st.text(max_size=70))
def test_a_code_that_is_accepted_can_stand_in_any_address(code: str) -> None:
    try:
        kept = code_written(code)
    except Unusable:
        return

    assert kept.isascii()
    assert kept == kept.lower()
    assert set(kept) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert code_written(kept) == kept


def test_a_time_zone_is_one_of_the_iana_list() -> None:
    assert time_zone_known("Pacific/Guam") == "Pacific/Guam"

    with pytest.raises(Unusable):
        time_zone_known("Eastern")


@pytest.mark.django_db
def test_a_unit_is_added_below_its_parent_with_its_time_zone() -> None:
    agency = an_agency(time_zone="America/Chicago")

    unit = actions.add_organization(
        actor=ACTOR, code="North-Office", name="North  office", level="bureau", parent=agency
    )

    assert (unit.code, unit.name, unit.time_zone) == (
        "north-office",
        "North office",
        "America/Chicago",
    )
    assert unit.path == f"{agency.path}{unit.pk}/"
    assert AuditEntry.objects.get().action == "add_organization"


@pytest.mark.django_db
def test_a_code_is_given_once_whatever_its_case() -> None:
    an_agency("dol")

    with pytest.raises(Conflict) as caught:
        actions.add_organization(actor=ACTOR, code="DOL", name="Another", level="department")

    assert caught.value.field == "code"


@pytest.mark.django_db
def test_a_rename_keeps_the_name_it_had_and_the_day() -> None:
    unit = a_unit(an_agency(), name="Permit office")
    day = today() - timedelta(days=10)

    actions.change_organization(unit, actor=ACTOR, change=Change(name="License office"), on=day)

    assert unit.name == "License office"
    assert value_on(unit, "name", day) == "License office"
    assert value_on(unit, "name", day - timedelta(days=1)) == "Permit office"


@pytest.mark.django_db
def test_a_move_takes_everything_below_along() -> None:
    agency = an_agency()
    west, east = a_unit(agency, Level.BUREAU), a_unit(agency, Level.BUREAU)
    office = a_unit(west, Level.PROGRAM_OFFICE)
    center = a_unit(office)

    actions.change_organization(office, actor=ACTOR, change=Change(parent=east))

    center.refresh_from_db()
    assert set(units_of(east)) == {east, office, center}
    assert set(units_of(west)) == {west}
    assert center.path == f"{agency.path}{east.pk}/{office.pk}/{center.pk}/"


@pytest.mark.django_db
def test_a_unit_cannot_stand_below_itself() -> None:
    bureau = a_unit(an_agency(), Level.BUREAU)
    office = a_unit(bureau, Level.PROGRAM_OFFICE)

    with pytest.raises(Conflict, match="below itself"):
        actions.change_organization(bureau, actor=ACTOR, change=Change(parent=office))


@pytest.mark.django_db
def test_a_level_that_no_longer_fits_the_units_below_is_refused() -> None:
    bureau = a_unit(an_agency(), Level.BUREAU)
    a_unit(bureau, Level.PROGRAM_OFFICE)

    with pytest.raises(Conflict):
        actions.change_organization(bureau, actor=ACTOR, change=Change(level="service_center"))


@pytest.mark.django_db
def test_after_any_number_of_moves_every_path_leads_from_the_root_to_the_unit() -> None:
    chance = random.Random(280)
    agencies = [an_agency(), an_agency()]
    units = list(agencies)
    for _ in range(25):
        above = chance.choice([each for each in units if each.level != Level.SERVICE_CENTER])
        lower = ORDER[ORDER.index(above.level) + 1 :]
        units.append(a_unit(above, chance.choice(lower)))

    moved = 0
    for _ in range(60):
        unit = chance.choice(units[2:])
        unit.refresh_from_db()
        try:
            target = Organization.objects.get(pk=chance.choice(units).pk)
            actions.change_organization(unit, actor=ACTOR, change=Change(parent=target))
            moved += 1
        except Conflict:
            continue

    assert moved > 10
    for unit in Organization.objects.select_related("parent"):
        above_path = unit.parent.path if unit.parent else "/"
        assert unit.path == f"{above_path}{unit.pk}/"


@pytest.mark.django_db
def test_a_bureau_may_become_an_independent_agency() -> None:
    bureau = a_unit(an_agency(), Level.BUREAU)
    office = a_unit(bureau, Level.PROGRAM_OFFICE)

    actions.change_organization(bureau, actor=ACTOR, change=Change(level="department"))

    office.refresh_from_db()
    assert bureau.parent is None
    assert agency_of(office) == bureau


@pytest.mark.django_db
@pytest.mark.proves("280.4-d4")
def test_renaming_moving_or_ending_a_unit_never_deletes_its_services() -> None:
    agency = an_agency()
    old, new = a_unit(agency, Level.BUREAU, name="Old bureau"), a_unit(agency, Level.BUREAU)
    office = a_unit(old, Level.PROGRAM_OFFICE, name="Boat office")
    service = a_service(office)

    actions.change_organization(office, actor=ACTOR, change=Change(name="Ship office", parent=new))
    actions.end_organization(office, actor=ACTOR, last_day=today() - timedelta(days=1))

    kept = Service.objects.get(pk=service.pk)
    assert kept.owner.name == "Ship office"
    assert not kept.owner.is_active(today())
    yesterday = today() - timedelta(days=1)
    assert value_on(kept.owner, "name", yesterday) == "Boat office"
    assert value_on(kept.owner, "parent", yesterday) == old.code
    assert {each.field for each in kept.owner.changes.all()} == {"name", "parent", "active_until"}


@pytest.mark.django_db
def test_a_unit_with_owned_services_cannot_be_deleted_even_by_code() -> None:
    service = a_service()

    with pytest.raises(ProtectedError):
        service.owner.delete()


@pytest.mark.django_db
def test_a_unit_does_not_end_before_the_units_below_it() -> None:
    agency = an_agency()
    a_unit(agency)

    with pytest.raises(Conflict, match="go on after that day: 1"):
        actions.end_organization(agency, actor=ACTOR, last_day=today())


@pytest.mark.django_db
def test_an_ended_unit_exists_on_its_last_day_and_not_after() -> None:
    unit = a_unit(an_agency())

    actions.end_organization(unit, actor=ACTOR, last_day=today())

    assert unit_by_code(unit.code) == unit
    assert unit_by_code(unit.code, on=today() + timedelta(days=1)) is None


@pytest.mark.django_db
def test_an_end_can_be_taken_back() -> None:
    unit = a_unit(an_agency())
    actions.end_organization(unit, actor=ACTOR, last_day=today() - timedelta(days=3))

    actions.reopen_organization(unit, actor=ACTOR)

    assert unit.is_active(today())
    assert unit.changes.count() == 2


@pytest.mark.django_db
def test_a_planned_change_waits_for_its_day_and_is_carried_out_once() -> None:
    agency = an_agency()
    unit = a_unit(agency, name="Before")
    day = today() + timedelta(days=5)
    actions.change_organization(unit, actor=ACTOR, change=Change(name="After"), on=day)

    early = carry_out_planned_changes(today())
    unit.refresh_from_db()
    name_before = unit.name
    due = [carry_out_planned_changes(day), carry_out_planned_changes(day)]
    unit.refresh_from_db()

    assert (early, name_before) == (0, "Before")
    assert (due, unit.name) == ([1, 0], "After")


@pytest.mark.django_db
def test_a_planned_change_that_no_longer_fits_stays_planned() -> None:
    agency = an_agency()
    bureau, other = a_unit(agency, Level.BUREAU), a_unit(agency, Level.BUREAU)
    office = a_unit(bureau, Level.PROGRAM_OFFICE)
    day = today() + timedelta(days=5)
    actions.change_organization(office, actor=ACTOR, change=Change(parent=other), on=day)
    Organization.objects.filter(pk=other.pk).update(level=Level.SERVICE_CENTER)

    done = carry_out_planned_changes(day)

    assert done == 0
    assert planned_changes(day).count() == 1


@pytest.mark.django_db
def test_a_planned_change_can_be_withdrawn_once() -> None:
    unit = a_unit(an_agency())
    [planned] = actions.change_organization(
        unit, actor=ACTOR, change=Change(name="After"), on=today() + timedelta(days=5)
    )

    actions.cancel_change(planned, actor=ACTOR)

    assert planned_changes().count() == 0
    with pytest.raises(NotFound):
        actions.cancel_change(planned, actor=ACTOR)


@pytest.mark.django_db
def test_a_unit_is_found_by_code_within_its_own_agency_only() -> None:
    one, other = an_agency(), an_agency()
    unit = a_unit(one, code="desk-1")

    assert unit_by_code(" DESK-1 ") == unit
    assert unit_by_code("desk-1", within=one) == unit
    assert unit_by_code("desk-1", within=other) is None
    assert unit_by_code("desk-2") is None


@pytest.mark.django_db
def test_tree_order_puts_each_unit_below_its_parent_and_siblings_by_name() -> None:
    agency = an_agency()
    b = a_unit(agency, Level.BUREAU, name="b")
    a = a_unit(agency, Level.BUREAU, name="A")
    under_b = a_unit(b, Level.PROGRAM_OFFICE, name="0")

    assert in_tree_order([under_b, b, a, agency]) == [agency, a, b, under_b]


@pytest.mark.django_db
def test_a_refused_change_leaves_no_trace() -> None:
    unit = a_unit(an_agency())

    with pytest.raises(Problem):
        actions.change_organization(unit, actor=ACTOR, change=Change(time_zone="Eastern"))

    assert AuditEntry.objects.count() == 0
    assert unit.changes.count() == 0
