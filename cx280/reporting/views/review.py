"""OMB's pages: who reported and who is late; is this one complete, honest, comparable?"""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.kernel.finding import Finding
from cx280.kernel.problem import NotFound, Problem, Unusable
from cx280.kernel.quarter import Quarter
from cx280.reporting import access, actions, queries
from cx280.reporting.checks import check, check_publication
from cx280.reporting.checks.late import due_in_words
from cx280.reporting.figures import figures_of
from cx280.reporting.forms import BecauseForm, HandoverForm
from cx280.reporting.models import Package
from cx280.reporting.rules.changes import changes
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.lateness import Standing
from cx280.reporting.views.posted import posted
from cx280.services.queries import designated_services

REVIEW = Capability.REVIEW_QUARTERS
_ON_A_PAGE = 100
EXPECTED = frozenset({Standing.ON_TIME, Standing.LATE, Standing.MISSING, Standing.NOT_YET_DUE})


@never_cache
@allow(REVIEW)
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Who reported the quarter, who is late, and what waits for a decision."""
    person = signed_in_person(request)
    seen = access.packages_where(person, Capability.SEE_QUARTERS)
    quarters = queries.quarters_of(seen)
    today = timezone.localdate()
    last = Quarter.of(today).previous
    if last not in quarters:
        quarters.insert(0, last)
    written = request.GET.get("quarter", "")
    waiting = seen.filter(state=Package.State.SUBMITTED).order_by("submitted_at")
    chosen = Quarter.parse(written) if written else _first_of(waiting) or last
    lines = queries.review_lines(designated_services(on=chosen.last_day), chosen, today)
    context = {
        "quarters": sorted(quarters, reverse=True),
        "chosen": chosen,
        "due": queries.due_of(chosen),
        "lines": lines,
        "reported": sum(line.submitted_on is not None for line in lines),
        "late": sum(line.standing is Standing.LATE for line in lines),
        "missing": sum(line.standing is Standing.MISSING for line in lines),
        "waiting": [each for each in waiting if queries.quarter_of(each) == chosen],
        "elsewhere": [each for each in waiting if queries.quarter_of(each) != chosen],
        "targets": queries.targets_of(
            line.service.hisp for line in lines if line.service.hisp is not None
        ),
    }
    return render(request, "reporting/queue.html", context)


def _first_of(waiting: object) -> Quarter | None:
    """The quarter of what has waited longest, or None."""
    first = next(iter(waiting), None)  # type: ignore[call-overload]
    return queries.quarter_of(first) if first else None


@never_cache
@allow(REVIEW)
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One submission, with what changed since last quarter; accept it or return it."""
    person = signed_in_person(request)
    package = access.package_to(person, REVIEW, pk)
    form = BecauseForm(posted(request), initial={})
    if request.method == "POST":
        if "accept" in request.POST:
            actions.accept(package, comment=request.POST.get("because", ""), by=person)
            messages.success(request, f"{package} is accepted.")
            return redirect("reporting:review", pk)
        if form.is_valid():
            try:
                actions.return_to_agency(package, comment=form.cleaned_data["because"], by=person)
            except Problem as problem:
                tell(form, problem)
            else:
                messages.success(request, f"{package} is returned to the agency.")
                return redirect("reporting:queue")
    return _page(request, person, package, form)


def _page(
    request: HttpRequest, person: Person, package: Package, form: BecauseForm
) -> HttpResponse:
    content = queries.sent_content(package)
    version = queries.sent_version(package)
    if content is None or version is None:
        raise NotFound("There is no such quarter, or it was not sent yet.")
    facts = queries.facts_for(package, timezone.localdate())
    previous = queries.previous_content(package)
    context = {
        "package": package,
        "content": content,
        "version": version,
        "figures": figures_of(content),
        "due_words": due_in_words(content.deadline),
        "findings": check(content, previous, facts),
        "explained": queries.reasons_in(version),
        "blocked": check_publication(content, facts),
        "changes": changes(content, previous),
        "has_previous": previous is not None,
        "versions": queries.versions_of(package, sent_only=True),
        "release": queries.standing_release(package),
        "standing": queries.standing_of(package, timezone.localdate()),
        "form": form,
        "handover": HandoverForm(),
        "handed_over": queries.handover_of(package.service),
        "noise": queries.noise_of(package),
        "hidden_further": _hidden_further(package, content),
        "undecided": package.state == Package.State.SUBMITTED,
        "person": person,
    }
    return render(request, "reporting/review.html", context, status=422 if form.errors else 200)


def _hidden_further(package: Package, content: Content) -> tuple[Finding, ...]:
    """What a release would hide because of the releases before it; read before it is made."""
    if package.state == Package.State.PUBLISHED:
        return ()
    return queries.to_be_released(package, content).further


@allow(Capability.PUBLISH)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes the next release of an accepted quarter."""
    person = signed_in_person(request)
    package = access.package_to(person, Capability.PUBLISH, pk)
    release = actions.publish(package, by=person)
    messages.success(request, f"Published as release {release.number}.")
    return redirect("reporting:review", pk)


@allow(REVIEW)
@require_POST
def handover(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the service's data through the API from a day on."""
    person = signed_in_person(request)
    package = access.package_to(person, REVIEW, pk)
    form = HandoverForm(request.POST)
    if not form.is_valid():
        raise Unusable("Say from which day on, like 2023-04-01.", field="starts_on")
    actions.accept_handover(package.service, starts_on=form.cleaned_data["starts_on"], by=person)
    messages.success(request, f"{package.service} owes no quarterly file from that day on.")
    return redirect("reporting:review", pk)


@never_cache
@allow(Capability.SEE_QUARTERS)
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """Every release with the corrections between them; `release` opens the page that has it."""
    # What a release contains is large, and not shown here.
    found = queries.releases().defer("content", "replaces__content", "replaced_by__content")
    number = request.GET.get("page")
    written = request.GET.get("release", "")
    if written.isascii() and written.isdecimal():
        number = str(found.filter(number__gt=int(written[:9])).count() // _ON_A_PAGE + 1)
    page = Paginator(found, _ON_A_PAGE).get_page(number)
    return render(request, "reporting/releases.html", {"page": page})
