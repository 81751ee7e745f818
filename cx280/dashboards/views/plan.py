"""The measurement plan: whom do we ask, when, and is it too much?"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cx280.accounts.access import allow, organizations_where, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.dashboards.queries.plan import AgencyPlan, agency_plans, meets, plan_table
from cx280.dashboards.views.plan_workbook import workbook
from cx280.kernel.finding import Finding
from cx280.pages import charts
from cx280.pages.downloads import csv_response
from cx280.pages.written import number
from cx280.services.access import hisps_where
from cx280.surveys import access
from cx280.surveys.rules.burden_plan import fatigue
from cx280.surveys.rules.plan import PlanLine, active_count, without_plan, without_relationship
from cx280.surveys.rules.seasons import IN_ORDER, MONTHS
from cx280.surveys.rules.vocabulary import Level

SEE = Capability.SEE_SURVEYS
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@allow(SEE)
@require_safe
def plan(request: HttpRequest) -> HttpResponse:
    """The calendar by level, the load of each group of customers, and every collection."""
    person = signed_in_person(request)
    plans = plans_of(person)
    lines = [line for each in plans for line in each.lines]
    active = active_count(lines)
    keeps = access.agencies_to_record_for(person)
    context = {
        "title": _title(active, sum(each.hours for each in plans)),
        "plans": [_shown(each) for each in plans],
        "found": found_in(person, plans),
        "keeps": {each.name for each in keeps},
        "may_add": keeps.exists(),
    }
    return render(request, "dashboards/plan.html", context)


@allow(SEE)
@require_safe
def plan_file(request: HttpRequest) -> HttpResponseBase:
    """The plan as CSV."""
    header, rows = plan_table(plans_of(signed_in_person(request)))
    return csv_response("measurement-plan.csv", header, rows)


@allow(SEE)
@require_safe
def plan_workbook(request: HttpRequest) -> HttpResponse:
    """The plan as a workbook: collections, and the load of each group."""
    plans = plans_of(signed_in_person(request))
    header, rows = plan_table(plans)
    loads = [(each.name, load) for each in plans for load in each.loads]
    content = workbook(header, rows, loads, timezone.localdate())
    name = 'attachment; filename="measurement-plan.xlsx"'
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": name})


def plans_of(person: Person) -> list[AgencyPlan]:
    """The plans this person may see, with what each expects."""
    return agency_plans(
        access.surveys_where(person, SEE),
        access.other_collections_where(person, SEE),
        access.agencies_of(organizations_where(person, SEE)),
        timezone.localdate(),
    )


def found_in(person: Person, plans: Sequence[AgencyPlan]) -> list[Finding]:
    """What is too much, and what is missing."""
    lines = [line for each in plans for line in each.lines]
    providers = hisps_where(person, SEE).filter(ended_on__isnull=True)
    return [
        *(finding for each in plans for finding in fatigue(each.loads, MONTHS)),
        *without_plan([(each.code, each.name) for each in providers], lines),
        *without_relationship(lines),
    ]


def _title(active: int, hours: float) -> str:
    if not active:
        return "Whom do we ask, when, and is it too much?"
    said = f"We ask people in {active} survey{'' if active == 1 else 's'} now"
    return f"{said}: about {number(hours)} hours of theirs a year" if hours >= 1 else said


def _shown(agency: AgencyPlan) -> dict[str, object]:
    return {
        "plan": agency,
        "chart": _calendar(agency),
        "rows": [
            {"line": each, "meets": meets(each, agency.lines)} for each in agency.lines
        ],
    }  # fmt: skip


def _calendar(agency: AgencyPlan) -> charts.Chart:
    active = [each for each in agency.lines if each.is_active]
    groups = [
        charts.Group(level.label, [_season(each) for each in active if each.level is level])
        for level in Level
    ]
    return charts.calendar(
        groups,
        months=[(each, MONTHS[each - 1]) for each in IN_ORDER],
        present=timezone.localdate().month,
        title="Whom we ask, and when",
        note="From October to September. Filled: surveys here. Outlined: in other systems.",
        first_column="Survey",
        key=f"calendar-{agency.code}",
    )


def _season(line: PlanLine) -> charts.Season:
    asked = line.expected.asked
    said = f"{line.population}, {number(asked)} invitations a year" if asked else line.population
    return charts.Season(line.title, said, line.months, hollow=not line.runs_here)
