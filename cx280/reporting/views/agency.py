"""The agency's pages: is this quarter ready to sign, and everything that goes into it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.actions import justify
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.queries import justifications_for
from cx280.accounts.rules import Capability
from cx280.audit.actions import subject_of
from cx280.circular.edition import edition
from cx280.kernel.finding import Finding, Severity
from cx280.kernel.problem import NotFound, Problem
from cx280.kernel.quarter import Quarter
from cx280.reporting import access, actions, queries
from cx280.reporting.checks import check_publication
from cx280.reporting.checks.driver_missing import drivers_with_data
from cx280.reporting.checks.late import due_in_words
from cx280.reporting.figures import figures_of
from cx280.reporting.forms import (
    BecauseForm,
    IndicatorForm,
    NarrativeForm,
    ReasonForm,
    VolumesForm,
)
from cx280.reporting.models import Package
from cx280.reporting.rules.changes import changes
from cx280.reporting.rules.checklist import checklist, left_in
from cx280.reporting.rules.content import Content, Indicator
from cx280.reporting.rules.states import State, is_editable
from cx280.reporting.views.posted import posted

SEE, EDIT = Capability.SEE_QUARTERS, Capability.EDIT_QUARTERS
SPARE_INDICATORS = 1


@never_cache
@allow(SEE)
@require_safe
def quarter(request: HttpRequest) -> HttpResponse:
    """Is this quarter ready to sign? Every service the person may see, worst first."""
    person = signed_in_person(request)
    seen = access.packages_where(person, SEE)
    quarters = queries.quarters_of(seen)
    chosen = _chosen(request, quarters)
    today = timezone.localdate()
    lines = queries.lines_of(queries.in_quarter(seen, chosen), today)
    lines.sort(key=lambda line: (-line.to_fix, -line.to_explain, line.package.service.name))
    due = queries.due_of(chosen)
    context = {
        "quarters": quarters,
        "chosen": chosen,
        "lines": lines,
        "due_words": due_in_words(queries.deadline_of(lines[0].package)) if lines else due.why,
        "due": due,
        "days_left": (due.due - today).days,
        "targets": queries.targets_of(line.package.hisp for line in lines),
        "ready": sum(line.is_ready for line in lines),
        "waiting": sum(not line.is_ready for line in lines),
    }
    return render(request, "reporting/quarter.html", context)


def _chosen(request: HttpRequest, quarters: list[Quarter]) -> Quarter:
    """The quarter asked for, else the latest there is, else the one that ended last."""
    written = request.GET.get("quarter", "")
    if written:
        return Quarter.parse(written)
    return quarters[0] if quarters else Quarter.of(timezone.localdate()).previous


@never_cache
@allow(SEE)
@require_safe
def package(request: HttpRequest, pk: int) -> HttpResponse:
    """What is done and what is to do before this quarter can be signed."""
    person = signed_in_person(request)
    found = access.package_to_see(person, pk)
    if not access.sees_drafts(person, found):
        return redirect("reporting:review", pk)
    content = queries.content_of(found)
    today = timezone.localdate()
    findings = queries.findings_of(found, today)
    explained = justifications_for(subject_of(found))
    items = checklist(findings, explained)
    context = {
        **_frame(person, found, content),
        "items": items,
        "left": left_in(items, explained),
        "explained": explained,
        "notes": [each for each in findings if each.severity is Severity.INFO],
        "blocked": check_publication(content, queries.facts_for(found, today)),
        "returned": queries.last_return(found),
        "because": BecauseForm(),
        "changes": changes(content, queries.previous_content(found)),
        "release": queries.standing_release(found),
    }
    return render(request, "reporting/package.html", context)


def _frame(person: Person, package: Package, content: Content) -> dict[str, Any]:
    """What every page of a package shows."""
    parts = [
        ("Ready?", "reporting:package"),
        ("Figures", "reporting:figures"),
        ("Words", "reporting:words"),
        ("Numbers", "reporting:numbers"),
        ("Drivers", "reporting:drivers"),
        ("Versions", "reporting:versions"),
    ]
    editable = is_editable(package.state)
    return {
        "package": package,
        "content": content,
        "tabs": [(words, reverse(route, args=[package.pk])) for words, route in parts],
        "due_words": due_in_words(content.deadline),
        "due": content.deadline,
        "days_left": (content.deadline.due - timezone.localdate()).days,
        "steps": _steps(package),
        "editable": editable,
        "may_edit": editable and access.may_with(person, EDIT, package),
        "may_sign": editable and access.may_with(person, Capability.CERTIFY_QUARTERS, package),
        "may_send": access.may_with(person, Capability.SUBMIT_QUARTERS, package),
    }


def _steps(package: Package) -> list[tuple[str, str]]:
    """(words, done | now | later) for each state on the straight way."""
    way = [State.DRAFT, State.CERTIFIED, State.SUBMITTED, State.ACCEPTED, State.PUBLISHED]
    now = State.of(package.state)
    at = 0 if now is State.RETURNED else way.index(now)
    steps = []
    for place, each in enumerate(way):
        words = State.RETURNED.label if place == at and now is State.RETURNED else each.label
        steps.append((words, "now" if place == at else "done" if place < at else "later"))
    return steps


@never_cache
@allow(SEE)
@require_safe
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """What people answered, with n and how sure."""
    person, found, content = _agency_package(request, pk)
    context = {**_frame(person, found, content), "figures": figures_of(content)}
    return render(request, "reporting/figures.html", context)


def _agency_package(request: HttpRequest, pk: int) -> tuple[Person, Package, Content]:
    person = signed_in_person(request)
    found = access.package_to_see(person, pk)
    if not access.sees_drafts(person, found):
        raise NotFound("There is no such quarter, or it is not one of yours.")
    return person, found, queries.content_of(found)


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def words(request: HttpRequest, pk: int) -> HttpResponse:
    """Accomplishments and reflection."""
    person, found, content = _agency_package(request, pk)
    form = NarrativeForm(found, edition(found.edition), posted(request))
    if request.method == "POST":
        access.package_to(person, EDIT, pk)
        if form.is_valid():
            actions.save_narrative(found, **form.cleaned_data, by=person)
            messages.success(request, "The texts are saved.")
            return redirect("reporting:package", pk)
    return _form_page(request, "words", form, {**_frame(person, found, content), "form": form})


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """How many people were served and asked; the service-level indicators."""
    person, found, content = _agency_package(request, pk)
    given = posted(request)
    form = VolumesForm(found, content, given)
    indicators = _indicator_forms(found, given)
    if request.method == "POST":
        access.package_to(person, EDIT, pk)
        kept = [each for each in indicators if each.is_kept]
        # Every form is asked, so that each says what is wrong with it.
        if [each.is_valid() for each in (form, *kept)].count(False) == 0:
            try:
                _save_numbers(found, form, kept, person)
            except Problem as problem:
                tell(form, problem)
            else:
                messages.success(request, "The numbers are saved.")
                return redirect("reporting:package", pk)
    frame = _frame(person, found, content)
    context = {**frame, "form": form, "indicators": indicators}
    return _form_page(request, "numbers", form, context, *indicators)


def _indicator_forms(package: Package, posted: Any) -> list[IndicatorForm]:  # noqa: ANN401
    """A form for each indicator there is, and some blank ones."""
    there = list(package.indicators.values(*Indicator.__struct_fields__))
    count = max(len(there) + SPARE_INDICATORS, int((posted or {}).get("indicators", 0) or 0))
    return [
        IndicatorForm(
            posted,
            prefix=f"indicator-{place}",
            initial=_typed(there[place]) if place < len(there) else None,
            empty_permitted=place >= len(there),
            use_required_attribute=False,
        )
        for place in range(min(count, 30))
    ]


def _typed(stored: dict[str, Any]) -> dict[str, Any]:
    """Whole figures as people type them: 5, not 5.0."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in stored.items()
    }


def _save_numbers(
    package: Package, form: VolumesForm, indicators: list[IndicatorForm], by: Person
) -> None:
    actions.save_volumes(
        package,
        customers_served=form.cleaned_data["customers_served"],
        surveys=form.typed(),
        by=by,
    )
    actions.save_indicators(package, indicators=[each.indicator() for each in indicators], by=by)


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def drivers(request: HttpRequest, pk: int) -> HttpResponse:
    """Which drivers do not apply, why, and who agreed."""
    person, found, content = _agency_package(request, pk)
    may_agree = access.may_with(person, Capability.SUBMIT_QUARTERS, found) or access.may_with(
        person, Capability.CERTIFY_QUARTERS, found
    )
    forms = [
        ReasonForm(each, found, may_agree=may_agree, data=posted(request))
        for each in edition(found.edition).drivers
    ]
    if request.method == "POST":
        access.package_to(person, EDIT, pk)
        if [each.is_valid() for each in forms].count(False) == 0:
            for each in forms:
                if each.has_changed():
                    actions.say_not_applicable(
                        found,
                        driver=each.driver.code,
                        reason=each.cleaned_data["reason"],
                        agreed=each.cleaned_data.get("agreed", False),
                        by=person,
                    )
            messages.success(request, "The reasons are saved.")
            return redirect("reporting:package", pk)
    lines = _driver_lines(forms, content, found)
    context = {
        **_frame(person, found, content),
        "drivers": lines,
        "something_to_say": any(
            line["said"] or not (line["measured"] or line["excused"]) for line in lines
        ),
        "may_agree": may_agree,
    }
    return _form_page(request, "drivers", forms[0], context, *forms)


def _driver_lines(
    forms: list[ReasonForm], content: Content, package: Package
) -> list[dict[str, Any]]:
    measured = drivers_with_data(content)
    needs_people = queries.facts_for(package, timezone.localdate()).needs_people
    return [
        {
            "form": each,
            "driver": each.driver,
            "measured": each.driver.code in measured,
            "excused": each.driver.needs_a_person and not needs_people,
            "said": each.said,
        }
        for each in forms
    ]


def _form_page(
    request: HttpRequest, name: str, form: BaseForm, context: dict[str, Any], *more: BaseForm
) -> HttpResponse:
    faulty = any(each.is_bound and each.errors for each in (form, *more))
    return render(request, f"reporting/{name}.html", context, status=422 if faulty else 200)


@never_cache
@allow(SEE)
@require_safe
def versions(request: HttpRequest, pk: int) -> HttpResponse:
    """Every version that was signed, what OMB said, and the files."""
    person, found, content = _agency_package(request, pk)
    context = {
        **_frame(person, found, content),
        "versions": queries.versions_of(found, sent_only=False),
        "changes": changes(content, queries.previous_content(found)),
        "releases": queries.releases(service=found.service, quarter=queries.quarter_of(found)),
    }
    return render(request, "reporting/versions.html", context)


@allow(EDIT)
@require_POST
def explain(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps why a warning stands."""
    person = signed_in_person(request)
    found = access.package_to(person, EDIT, pk)
    if not is_editable(found.state):
        raise actions.NotEditable(found)
    key = request.POST.get("finding", "")
    _finding(found, key)
    justify(subject_of(found), finding=key, text=request.POST.get("text", ""), by=person)
    messages.success(request, "The reason is kept with the report.")
    return redirect("reporting:package", pk)


def _finding(package: Package, key: str) -> Finding:
    for each in queries.findings_of(package, timezone.localdate()):
        if each.key == key and each.severity is Severity.WARN:
            return each
    raise NotFound("That warning does not stand any more.")


@allow(Capability.SUBMIT_QUARTERS)
@require_POST
def ask_to_sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts the quarter before the official."""
    person = signed_in_person(request)
    actions.ask_to_sign(access.package_to(person, Capability.SUBMIT_QUARTERS, pk), by=person)
    messages.success(request, "The senior accountable official is asked to sign.")
    return redirect("reporting:package", pk)


@allow(Capability.SUBMIT_QUARTERS)
@require_POST
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Sends the signed quarter to OMB."""
    person = signed_in_person(request)
    sent = actions.submit(access.package_to(person, Capability.SUBMIT_QUARTERS, pk), by=person)
    messages.success(request, f"{sent} is sent to OMB.")
    return redirect("reporting:package", pk)


@allow(Capability.SUBMIT_QUARTERS)
@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens a signed or published quarter again."""
    person = signed_in_person(request)
    found = access.package_to(person, Capability.SUBMIT_QUARTERS, pk)
    actions.reopen(found, because=request.POST.get("because", ""), by=person)
    messages.success(request, "The quarter is open again. Change what is wrong, then sign it.")
    return redirect("reporting:package", pk)
