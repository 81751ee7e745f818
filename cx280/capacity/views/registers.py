"""The registers: what stands in each, one more line, and files of them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import offer, tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.capacity import access
from cx280.capacity.actions.entries import add_entry, withdraw_entry
from cx280.capacity.forms import EntryForm
from cx280.capacity.models import Entry
from cx280.capacity.queries.entries import lesson_document, lines_of, roles_for
from cx280.capacity.rules.shapes import SHAPES, Shape, totals
from cx280.capacity.rules.vocabulary import Register
from cx280.kernel.problem import NotFound, Problem
from cx280.kernel.quarter import fiscal_year_of
from cx280.pages.downloads import csv_response, json_response
from cx280.plans.models import Action
from cx280.services.access import services_where

SEE, EDIT = Capability.SEE_QUARTERS, Capability.EDIT_QUARTERS
HEADER = (
    "register", "fiscal_year", "unit", "on", "what", "who", "words", "amount", "unit_of_amount",
    "answer", "status", "function", "service", "action", "address", "said_by", "said_at",
)  # fmt: skip


def _shape(register: str) -> Shape:
    known = {each.value: each for each in Register}
    if register not in known:
        raise NotFound("There is no such register.")
    return SHAPES[known[register]]


def _year(request: HttpRequest) -> int:
    written = request.GET.get("year", "").upper().removeprefix("FY")
    if written.isdecimal() and len(written) == 4:
        return int(written)
    return fiscal_year_of(timezone.localdate())


def _lines(person: Person, shape: Shape, fiscal_year: int) -> QuerySet[Entry]:
    return access.entries_to_see(person).filter(
        register=shape.register.value, fiscal_year=fiscal_year
    )


@never_cache
@allow(SEE)
@require_safe
def registers(request: HttpRequest) -> HttpResponse:
    """All registers with how much stands in each this year."""
    person, year = signed_in_person(request), _year(request)
    rows = list(
        access.entries_to_see(person).filter(fiscal_year=year).values_list("register", "amount")
    )
    sums = totals(rows)
    lines = [
        (shape, sum(name == shape.register for name, _ in rows), sums.get(shape.register))
        for shape in SHAPES.values()
    ]
    context = {"lines": lines, "year": year, "sees_all": access.sees_all(person)}
    return render(request, "capacity/registers.html", context)


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest, register: str) -> HttpResponse:
    """One register of a year, and the form for one more line."""
    person, shape, year = signed_in_person(request), _shape(register), _year(request)
    form = _form(request, person, shape, year)
    if form.is_bound and form.is_valid():
        try:
            kept = add_entry(
                shape.register, form.cleaned_data["organization"],
                fiscal_year=form.cleaned_data["fiscal_year"], fields=form.asked(shape), by=person,
                now=timezone.now(),
            )  # fmt: skip
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Written down.")
            there = reverse("capacity:register", args=[register])
            return redirect(f"{there}?year={kept.fiscal_year}")
    found = _lines(person, shape, year)
    rows = lines_of(found, shape, timezone.localdate())
    amounts = [each.amount for each in found if each.amount is not None]
    context = {
        "shape": shape,
        "year": year,
        "rows": rows,
        "asked": [label for label, _ in rows[0].cells] if rows else [],
        "total": sum(amounts, Decimal(0)) if amounts and shape.unit != "points" else None,
        "form": form,
        "may_write": access.units_of(person).exists(),
        "is_lesson": shape.register is Register.LESSON,
    }
    status = 422 if form.is_bound else 200
    return render(request, "capacity/register.html", context, status=status)


def _form(request: HttpRequest, person: Person, shape: Shape, year: int) -> EntryForm:
    units = access.units_of(person)
    services = services_where(person, EDIT).order_by("name")
    actions = Action.objects.filter(plan__hisp__organization__in=units).order_by("-plan", "pk")
    form = EntryForm(
        request.POST if request.method == "POST" else None,
        shape=shape,
        services=services if "service" in shape.asked else (),
        actions=actions if "action" in shape.asked else (),
        initial={"fiscal_year": year, "organization": units.first()},
    )
    offer(form, "organization", units)
    return form


@never_cache
@allow(EDIT)
@require_POST
def withdraw(request: HttpRequest, register: str, pk: int) -> HttpResponse:
    """Takes a line out; it stays in the record."""
    person = signed_in_person(request)
    found = access.entry_to_see(person, pk)
    if found.register != register:
        raise NotFound("This register has no such line.")
    withdraw_entry(found, by=person, now=timezone.now())
    messages.success(request, "Withdrawn. It stays in the record.")
    there = reverse("capacity:register", args=[register])
    return redirect(f"{there}?year={found.fiscal_year}")


@never_cache
@allow(SEE)
@require_safe
def register_file(request: HttpRequest, register: str) -> HttpResponseBase:
    """The register as CSV, a row for each line that stands."""
    person, shape, year = signed_in_person(request), _shape(register), _year(request)
    rows = _rows(_lines(person, shape, year), shape)
    return csv_response(f"{register} FY{year}", HEADER, rows)


def _rows(found: QuerySet[Entry], shape: Shape) -> Iterator[tuple[object, ...]]:
    for each in found:
        yield (
            each.register, f"FY{each.fiscal_year}", each.organization.name, each.on, each.what,
            each.who, each.words, each.amount, shape.unit if each.amount is not None else "",
            each.answer, each.status, each.function,
            each.service.name if each.service else "", each.action.change if each.action else "",
            each.address, each.said_by.name, each.said_at,
        )  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def lessons_file(request: HttpRequest) -> HttpResponse:
    """The lessons that may be shared, for other agencies: no unit’s figures, nobody’s name."""
    person, year = signed_in_person(request), _year(request)
    found = _lines(person, SHAPES[Register.LESSON], year).filter(shared=True)
    return json_response(f"lessons FY{year}", lesson_document(found, year))


@never_cache
@allow(SEE)
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Who holds the mandatory roles of the person’s units, and who held them before."""
    rows = roles_for(signed_in_person(request), timezone.localdate())
    return render(request, "capacity/roles.html", {"rows": rows})
