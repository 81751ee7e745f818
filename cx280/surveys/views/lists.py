"""The list of surveys, and how a new one starts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.circular.edition import edition
from cx280.kernel.problem import Unusable
from cx280.services.access import services_where
from cx280.services.models import Service
from cx280.services.queries.inventory import active_services
from cx280.surveys import access, actions, queries
from cx280.surveys.forms import LARGEST_FILE, FileForm, StartForm
from cx280.surveys.models import Survey
from cx280.surveys.rules.document import read_document
from cx280.surveys.rules.templates import DriverStyle, starting_document

PAGE_SIZE = 50


@allow(Capability.SEE_SURVEYS)
def surveys(request: HttpRequest) -> HttpResponse:
    """The surveys this person may see, by service; `state` and `words` narrow them."""
    person = signed_in_person(request)
    state, words = request.GET.get("state", ""), request.GET.get("words", "").strip()
    seen = access.surveys_where(person, Capability.SEE_SURVEYS)
    counts = dict(seen.values_list("state").annotate(Count("pk")).order_by())
    found = seen.select_related("service__owner", "collection__clearance").order_by(
        "service__name", "title"
    )
    if state in Survey.State.values:
        found = found.filter(state=state)
    if words:
        found = found.filter(Q(title__icontains=words) | Q(service__name__icontains=words))
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "surveys/list.html",
        {
            "page": page,
            "lines": queries.lines(page.object_list),
            "state": state,
            "words": words,
            "states": [
                (value, label, counts.get(value, 0)) for value, label in Survey.State.choices
            ],
            "total": sum(counts.values()),
            "may_start": bool(services_where(person, Capability.EDIT_SURVEYS)[:1]),
        },
    )


@allow(Capability.EDIT_SURVEYS)
def new(request: HttpRequest) -> HttpResponse:
    """Chooses the service (`service` in the address), then the template."""
    person = signed_in_person(request)
    code = request.GET.get("service", "")
    if not code:
        today = timezone.localdate()
        services = active_services(services_where(person, Capability.EDIT_SURVEYS), today)
        counted = services.annotate(survey_count=Count("surveys")).order_by("name")
        return render(request, "surveys/new.html", {"services": counted.select_related("owner")})
    service = access.service_to_survey(person, code)
    form = StartForm(service, request.POST if _is(request, "template") else None)
    upload = FileForm(request.POST, request.FILES) if _is(request, "file") else FileForm()
    if _is(request, "template") and form.is_valid():
        survey = _from_template(service, form.cleaned_data, person)
        return redirect("surveys:builder", survey.code)
    if _is(request, "file") and upload.is_valid():
        try:
            document = read_document(upload.cleaned_data["file"].read(LARGEST_FILE), draft=True)
        except Unusable as problem:
            upload.add_error("file", problem.message)
        else:
            survey = actions.create_survey(
                service, by=person, document=document, title=document.title,
                channel=_channel_for(form),
            )  # fmt: skip
            messages.success(request, "The survey document was read.")
            return redirect("surveys:builder", survey.code)
    return render(
        request, "surveys/start.html", {"service": service, "form": form, "upload": upload}
    )


def _from_template(service: Service, given: dict[str, Any], person: Person) -> Survey:
    """A draft that starts with the Circular's statements, slots filled from the service."""
    start = queries.start_for(service, given["channel"])
    start = replace(start, names=replace(start.names, population=given["population"].strip()))
    document = starting_document(
        edition(settings.CX280_EDITION), start, DriverStyle.of(given["style"]), given["trust"]
    )
    return actions.create_survey(
        service,
        by=person,
        document=document,
        title=given["title"],
        channel=given["channel"],
        collection=access.collections_for(service).filter(state="approved").first(),
    )


def _is(request: HttpRequest, name: str) -> bool:
    return request.method == "POST" and request.POST.get("from") == name


def _channel_for(form: StartForm) -> str:
    channels: list[tuple[str, str]] = form.fields["channel"].choices  # type: ignore[attr-defined]
    return channels[0][0]
