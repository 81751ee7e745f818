"""What is left to do after talks: of all of them, and of one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.deep_dive import access, queries
from cx280.deep_dive.actions.follow_ups import add_follow_up, close_follow_up
from cx280.deep_dive.forms import DoneForm, FollowUpForm
from cx280.deep_dive.models import FollowUp
from cx280.deep_dive.views.talks import RECORD, SEE, page, to_record
from cx280.kernel.problem import Problem
from cx280.pages.downloads import file_response

_ON_A_PAGE = 100
_HEADER = (
    "provider", "provider_name", "talk", "held_on", "task", "words", "owed_by", "office", "due_on",
    "done_on", "outcome",
)  # fmt: skip


@never_cache
@allow(SEE)
@require_safe
def follow_ups(request: HttpRequest) -> HttpResponseBase:
    """What is left of all talks the person may read, what is due first standing first."""
    person, today = signed_in_person(request), timezone.localdate()
    everything = request.GET.get("all") == "yes"
    seen = queries.follow_ups_of(access.discussions_to_see(person), open_only=not everything)
    written = request.GET.get("format", "")
    if written:
        rows = _rows(seen.iterator(chunk_size=500))
        return file_response("follow-ups", _HEADER, rows, form=written)
    found = Paginator(seen, _ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": found,
        "left": queries.left_of(found.object_list, today),
        "everything": everything,
        "behind": seen.filter(done_on__isnull=True, due_on__lt=today).count(),
    }
    return render(request, "deep_dive/follow_ups.html", context)


def _rows(found: Iterable[FollowUp]) -> Iterator[tuple[object, ...]]:
    for each in found:
        talk = each.discussion
        yield (
            talk.hisp.code, talk.hisp.name, talk.subject, talk.held_on, each.task, each.words,
            each.side, each.owner, each.due_on, each.done_on, each.outcome,
        )  # fmt: skip


@never_cache
@allow(*RECORD)
@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a question or a task to a talk that was held."""
    person = signed_in_person(request)
    found = to_record(person, pk)
    form = FollowUpForm(request.POST)
    if form.is_valid():
        try:
            add_follow_up(found, **form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Added.")
            return redirect("deep_dive:talk", pk=pk)
    return page(request, found, follow_up_form=form)


@never_cache
@allow(*RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int, follow_up: int) -> HttpResponse:
    """Takes down what came of a follow-up."""
    person = signed_in_person(request)
    found = to_record(person, pk)
    left = access.follow_up_to_see(person, pk, follow_up)
    given = request.POST if request.method == "POST" else None
    form = DoneForm(given, initial={"done_on": timezone.localdate()})
    if given is not None and form.is_valid():
        try:
            close_follow_up(left, **form.cleaned_data, by=person, now=timezone.now())
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Done.")
            return redirect("deep_dive:talk", pk=pk)
    context = {"form": form, "title": f"What came of it: {left.words}", "talk": found}
    status = 200 if given is None else 422
    return render(request, "deep_dive/form.html", context, status=status)
