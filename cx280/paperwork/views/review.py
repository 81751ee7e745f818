"""One request: what is left to do, where it stands, its way through review, its files."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.rules import Capability
from cx280.clearance.queries import ledger_of
from cx280.kernel.finding import Severity
from cx280.kernel.problem import NotFound, Problem
from cx280.pages.downloads import safe_name
from cx280.paperwork import access
from cx280.paperwork.actions.steps import take_step
from cx280.paperwork.documents import docx_of, html_of, pdf_of
from cx280.paperwork.forms import StepForm
from cx280.paperwork.models import Request
from cx280.paperwork.queries.lists import RequestLine, may_be_copied
from cx280.paperwork.queries.packets import packet_of, signed_packets
from cx280.paperwork.queries.standing import Standing, standing_of
from cx280.paperwork.rules.blocks import Document
from cx280.paperwork.rules.request_document import request_document
from cx280.paperwork.rules.states import ENDED, State, Step, is_editable, steps_from
from cx280.paperwork.rules.wording import day

SEE, DECIDE = Capability.SEE_CLEARANCE, Capability.EDIT_CLEARANCE
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@never_cache
@allow(SEE)
@require_safe
def request_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Where the request stands and what is next."""
    return _page(request, access.request_to_see(signed_in_person(request), pk))


def _page(
    request: HttpRequest, found: Request, failed: tuple[Step, forms.Form] | None = None
) -> HttpResponse:
    person, today = signed_in_person(request), timezone.localdate()
    standing, state = standing_of(found, today), State.of(found.state)
    decides = access.may_decide(person, found)
    context = {
        "request_": found,
        "state": state,
        "line": RequestLine(found, state, standing.answers),
        "standing": standing,
        "rows": _rows(standing),
        "way": _way(state),
        "ledger": ledger_of(found.clearance),
        "steps": [
            _offered(each, today, failed)
            for each in steps_from(state)
            if decides and (each is not Step.SIGN or standing.may_sign or failed)
        ],
        "history": found.steps.select_related("by"),
        "may_write": access.may_write(person, found),
        "decides": decides,
        "is_draft": is_editable(state),
        "may_copy": access.may_write(person, found) and may_be_copied(found),
        "is_ended": state in ENDED,
    }
    return render(request, "paperwork/request.html", context, status=422 if failed else 200)


def _rows(standing: Standing) -> list[dict[str, Any]]:
    """The findings with the field they are about, worst first."""
    order = list(Severity)
    found = sorted(standing.findings, key=lambda each: order.index(each.severity))
    return [
        {
            "finding": each,
            "reason": standing.justified.get(each.key),
            "anchor": _anchor(each.where or ""),
            "asks_reason": each.severity is Severity.WARN,
        }
        for each in found
    ]


def _anchor(where: str) -> str:
    """The place in the form a finding is about."""
    if where.startswith("burden"):
        return "burden"
    return "" if where.startswith(("instrument", "clearance", "responses", "hours")) else where


_WAY = (State.DRAFT, State.SIGNED, State.WITH_OMB, State.WITH_OIRA, State.APPROVED)


def _way(state: State) -> list[tuple[State, str]]:
    """The steps of the way with `done`, `now` or `` for each."""
    here = _WAY.index(State.WITH_OMB if state is State.QUESTIONS else state) if (
        state in _WAY or state is State.QUESTIONS
    ) else len(_WAY)  # fmt: skip
    last = len(_WAY) - 1
    return [
        (each, "done" if place < here or place == here == last else "now" if place == here else "")
        for place, each in enumerate(_WAY)
    ]


_WORDS = {
    Step.SIGN: ("Sign it", "I certify the eight statements as they are answered."),
    Step.REOPEN: ("Change it", "The signature is taken back; sign again after the change."),
    Step.SEND: ("Sent to OMB", "You sent the files to OMB’s CX and PRA desk officer."),
    Step.PASS_ON: ("Passed on to OIRA", "Your PRA office entered it for OIRA."),
    Step.ASK: ("OMB has questions", "Write down what they ask."),
    Step.ANSWER: ("Answered", "Nothing in the request changes. Write down the answer."),
    Step.APPROVE: ("OMB approved it", "Write down the conditions, if there are any."),
    Step.REFUSE: ("OMB refused it", "Write down why."),
    Step.WITHDRAW: ("Withdraw it", "Say why."),
}


def _offered(step: Step, today: Any, failed: tuple[Step, forms.Form] | None) -> dict[str, Any]:  # noqa: ANN401
    form = StepForm(initial={"on": today}, auto_id=f"{step}_%s")
    if failed and failed[0] is step:
        form = failed[1]  # type: ignore[assignment]
    words, hint = _WORDS[step]
    return {"step": step, "form": form, "words": words, "hint": hint,
            "is_first": step in {Step.SIGN, Step.SEND, Step.APPROVE}}  # fmt: skip


@never_cache
@allow(DECIDE)
@require_POST
def take(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Takes a step of the way, or says on the page why not."""
    person, today = signed_in_person(request), timezone.localdate()
    found, wanted = access.request_to_decide(person, pk), _step(step)
    form = StepForm(request.POST, auto_id=f"{step}_%s")
    if form.is_valid():
        try:
            take_step(found, wanted, by=person, today=today, **form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"It is noted: {State.of(found.state).label.lower()}.")
            return redirect("paperwork:request", pk)
    return _page(request, access.request_to_see(person, pk), (wanted, form))


def _step(written: str) -> Step:
    if written not in list(Step):
        raise NotFound("A request has no such step.")
    return Step.of(written)


@never_cache
@allow(SEE)
@require_safe
def file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The request as a page, PDF or DOCX; `?signed=` gives what one signature was put to."""
    found = access.request_to_see(signed_in_person(request), pk)
    document = _document(request, found)
    return sent(request, document, form, f"request-{found.pk}")


def _document(request: HttpRequest, found: Request) -> Document:
    wanted = request.GET.get("signed", "")
    if wanted:
        for number, packet in signed_packets(found):
            if str(number) == wanted:
                when = day(packet.signed_on) if packet.signed_on else ""
                return request_document(packet, f"As signed on {when}")
        raise NotFound("There was no such signature.")
    state = State.of(found.state)
    said = "Draft, not signed" if is_editable(state) else state.label
    if state is State.APPROVED and found.decided_on:
        said = f"Approved by OMB on {day(found.decided_on)}"
    return request_document(packet_of(found), said)


def sent(request: HttpRequest, document: Document, form: str, name: str) -> HttpResponse:
    """A document as a page, PDF or DOCX."""
    if form == "page":
        return HttpResponse(html_of(document, nonce=str(getattr(request, "csp_nonce", ""))))
    if form == "pdf":
        return _attached(pdf_of(document), "application/pdf", safe_name(name, "pdf"))
    if form == "docx":
        return _attached(docx_of(document), DOCX, safe_name(name, "docx"))
    raise NotFound(f"There is no file “{form}” of it.")


def _attached(data: bytes, kind: str, name: str) -> HttpResponse:
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=kind, headers=headers)
