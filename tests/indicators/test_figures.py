"""An indicator says the number of the dashboard; the public reads what is released."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.dashboards.queries.filters import filters_of
from cx280.dashboards.queries.service import service_page
from cx280.indicators import access
from cx280.indicators.actions.writing import retire_indicator, save_indicator, set_year
from cx280.indicators.models import FigureNote, Indicator, Redefinition
from cx280.indicators.queries.figures import Line, lines_of
from cx280.indicators.queries.live import choices_of
from cx280.indicators.queries.scorecard import scorecard
from cx280.indicators.rules.vocabulary import Verdict
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.kernel.quarter import Quarter
from cx280.measures.access import service_to_measure
from cx280.measures.queries.groups import groups_compared
from cx280.responses.models import Response
from tests.builders import a_person, a_service
from tests.dashboards.answered import counted
from tests.indicators.builders import SOMETIME, a_cost, a_wait, aims_at, an_indicator
from tests.reporting.quarters import QUARTER, Scene, a_scene, answer, answered, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """A service with answers in two quarters of FY2022, the first of them released."""
    found = a_scene()
    answered(found)
    released(found)
    answered(found, QUARTER.next)
    return found


@pytest.fixture
def bare() -> Scene:
    """A service of which nobody has answered."""
    return a_scene()


def read(indicator: Indicator, *, public: bool = False) -> Line:
    fresh = Indicator.objects.select_related("service__owner").get(pk=indicator.pk)
    return lines_of([fresh], [2021, 2022, 2023], SOMETIME + timedelta(days=200), public=public)[0]


@pytest.mark.proves("280.12-a2", "280.12-a1")
def test_the_number_is_that_of_the_dashboard(scene: Scene) -> None:
    """Quarter by quarter the page's share; the year is its quarters put together."""
    row = an_indicator(scene.service, scene.lead)
    sight = service_to_measure(scene.lead, scene.service.code)
    filters = filters_of(sight, {"quarter": str(QUARTER)})
    assert filters is not None
    page = service_page(sight, filters, 10, SOMETIME).trends["trust"]
    shown = [each.share for each in page.points if each.quarter.fiscal_year == 2022]

    found = read(row).at(2022).figure

    assert len(shown) == 2
    assert found.n == sum(each.n for each in shown) == 254
    assert found.value == sum(each.successes for each in shown) / found.n
    assert (found.low, found.high) != (None, None)
    assert found.how == "Survey answers, as on the dashboard of Boat permit"


@pytest.mark.proves("280.12-a2")
def test_one_quarter_alone_equals_its_page_to_the_last_digit(scene: Scene) -> None:
    row = an_indicator(scene.service, scene.lead)
    sight = service_to_measure(scene.lead, scene.service.code)
    filters = filters_of(sight, {"quarter": str(QUARTER)})
    assert filters is not None
    shown = service_page(sight, filters, 10, SOMETIME).trends["trust"].at(QUARTER)
    assert shown is not None

    found = read(row, public=True).at(2022).figure  # QUARTER is the one that is released

    assert (found.value, found.n) == (shown.share.share, shown.share.n)
    assert (found.low, found.high) == shown.share.ends


@pytest.mark.proves("280.9-b2", "280.12-a2")
def test_people_inside_see_all_and_the_public_what_is_released(scene: Scene) -> None:
    row = an_indicator(scene.service, scene.lead)

    inside, outside = read(row).at(2022).figure, read(row, public=True).at(2022).figure

    assert (inside.n, inside.period) == (254, "FY2022 Q2, Q3")
    assert (outside.n, outside.period) == (127, "FY2022 Q2")
    assert outside.how == "Release 1"


@pytest.mark.proves("280.12-a3")
def test_a_service_level_is_the_one_stored_for_the_period(scene: Scene) -> None:
    row = a_wait(scene.service, scene.lead)
    aims_at(row, 2022, 5.0, scene.lead)

    inside, outside = read(row).at(2022), read(row, public=True).at(2022)

    assert inside.figure.value == outside.figure.value == 4.2
    assert (outside.figure.period, outside.figure.how) == ("FY2022 Q2", "Release 1")
    assert inside.verdict is Verdict.MET


@pytest.mark.proves("280.3-b2", "INC-44")
def test_a_small_quarter_is_neither_shown_nor_counted(scene: Scene) -> None:
    row = an_indicator(scene.service, scene.lead)
    late = Quarter(2022, 4)
    answer(scene, 9, on=late.first_day)
    counted()

    found = read(row).at(2022).figure

    assert found.n == 254
    assert found.breaks == ("FY2022 Q4: too few answered to show, so not counted here.",)


@pytest.mark.proves("280.3-b2", "280.6-a1")
def test_a_group_is_the_one_of_the_dashboard_and_hides_where_it_hides(scene: Scene) -> None:
    row = an_indicator(scene.service, scene.lead, kind="equity", name="Trust on the website",
                       measure="group:channel:website:trust")  # fmt: skip
    hidden = an_indicator(scene.service, scene.lead, kind="equity", name="Trust by phone",
                          measure="group:channel:phone:trust")  # fmt: skip
    few = Response.objects.filter(version=scene.version)[:5].values_list("pk", flat=True)
    Response.objects.filter(pk__in=list(few)).update(channel="phone")
    table = groups_compared(scene.service, QUARTER, "trust").table

    assert table.share("phone", "") is None
    assert read(hidden).at(2022).figure.value is None
    assert read(row).at(2022).figure.n != 254
    assert read(row, public=True).at(2022).figure.why.startswith("No release holds")


@pytest.mark.proves("280.12-a2")
def test_what_is_drawn_is_never_typed_and_what_is_stated_has_a_source(bare: Scene) -> None:
    trust, cost = an_indicator(bare.service, bare.lead), a_cost(bare.service, bare.lead)
    now = timezone.now()

    with pytest.raises(Unusable, match="cannot be typed"):
        set_year(trust, 2022, target=0.8, actual=0.9, by=bare.lead, now=now)
    with pytest.raises(Unusable, match="where the figure is from"):
        set_year(cost, 2022, target=40, actual=43, by=bare.lead, now=now)
    with pytest.raises(Unusable, match="drawn from a measure"):
        an_indicator(bare.service, bare.lead, name="Joy", measure="")
    aims_at(cost, 2022, 40, bare.lead, actual=43.5, actual_source="Ledger, object class 25")

    year = read(cost, public=True).at(2022)
    assert (year.figure.value, year.figure.stated, year.verdict) == (43.5, True, Verdict.MISSED)
    assert year.figure.how == "Ledger, object class 25"


@pytest.mark.proves("280.12-a1")
def test_every_change_of_a_year_keeps_actor_time_before_after_and_source(bare: Scene) -> None:
    cost = a_cost(bare.service, bare.lead)
    aims_at(cost, 2022, 40, bare.lead)
    aims_at(cost, 2022, 38, bare.manager, actual=41, actual_source="Ledger", why="Budget cut")
    aims_at(cost, 2022, 38, bare.manager, actual=41, actual_source="Ledger")  # nothing new

    first, second = AuditEntry.objects.filter(action="set_indicator_year").order_by("pk")
    assert [each.target for each in FigureNote.objects.order_by("pk")] == [40, 38]
    assert second.actor == bare.manager.email
    assert second.at >= first.at
    assert second.detail["before"] == {"target": 40, "actual": None, "source": ""}
    assert second.detail["after"] == {"target": 38, "actual": 41, "source": "Ledger"}
    assert second.detail["why"] == "Budget cut"


@pytest.mark.proves("INC-05")
def test_a_change_of_meaning_needs_a_reason_and_breaks_the_line(bare: Scene) -> None:
    cost = a_cost(bare.service, bare.lead)
    aims_at(cost, 2021, 40, bare.lead, actual=44, actual_source="Ledger")
    aims_at(cost, 2022, 40, bare.lead, actual=30, actual_source="Ledger")
    fields = {"formula": "Direct cost only"}
    with pytest.raises(Unusable, match="why its meaning changes"):
        save_indicator(cost.agency, cost, fields=fields, by=bare.lead, now=timezone.now())

    save_indicator(cost.agency, Indicator.objects.get(pk=cost.pk), fields=fields, by=bare.lead,
                   now=timezone.now(), because="Overhead moved", from_year=2022)  # fmt: skip

    assert Redefinition.objects.get().before == {"formula": "Those who agree, of all who answered"}
    line = read(cost)
    assert line.at(2022).broken == "Defined anew: Overhead moved"
    assert line.at(2021).broken == ""


def test_a_name_stands_once_in_a_service_until_it_is_retired(bare: Scene) -> None:
    first = an_indicator(bare.service, bare.lead)
    with pytest.raises(Conflict, match="of this name already"):
        an_indicator(bare.service, bare.lead)

    retire_indicator(first, on=SOMETIME, by=bare.lead)

    assert an_indicator(bare.service, bare.lead).pk != first.pk


@pytest.mark.proves("280.3-b2")
def test_the_scorecard_has_five_panels_with_or_without_a_measure(bare: Scene) -> None:
    an_indicator(bare.service, bare.lead)

    panels = scorecard(bare.service, SOMETIME).panels

    assert [each.kind.value for each in panels] == [
        "experience", "equity", "effort", "operational", "financial",
    ]  # fmt: skip
    assert [len(each.lines) for each in panels] == [1, 0, 0, 0, 0]


def test_the_choices_are_what_the_service_measures(scene: Scene) -> None:
    known = dict(choices_of(scene.service))

    assert {"trust", "ease", "level:Average wait"} <= set(known)
    assert "participation" not in known
    scene.service.eligible_population = 10_000
    assert "participation" in dict(choices_of(scene.service))


@pytest.mark.proves("280.3-b2")
def test_participation_is_a_count_of_those_who_could(bare: Scene) -> None:
    bare.service.eligible_population = 10_000
    bare.service.save(update_fields=["eligible_population"])
    bare.service.volumes.create(fiscal_year=2022, customers=2_500, source="Permit ledger")
    row = an_indicator(bare.service, bare.lead, kind="equity", measure="participation")

    found = read(row, public=True).at(2022).figure

    assert (found.value, found.n, found.low) == (0.25, 2_500, None)
    assert found.how == "Permit ledger"


@pytest.mark.parametrize("make", [an_indicator, a_cost])
def test_nobody_sees_or_writes_anothers(bare: Scene, make: Callable[..., Indicator]) -> None:
    row = make(bare.service, bare.lead)
    stranger = a_person(Role.CX_LEAD, a_service().owner)
    omb: Person = a_person(Role.OMB_REVIEWER)

    for person in (stranger, omb):
        with pytest.raises(NotFound):
            access.indicator_to_see(person, row.pk)
        with pytest.raises(NotFound):
            access.service_to_score(person, bare.service.code)
        with pytest.raises(NotAllowed):
            set_year(row, 2022, target=1, by=person, now=timezone.now())
    assert access.indicator_to_see(bare.lead, row.pk) == row
    assert access.indicator_to_see(bare.manager, row.pk) == row
    assert not access.sees_papers(bare.manager, bare.agency)
