"""Which services each provider puts forward, year by year, and one proposal whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cx280.accounts.access import allow, organizations_where, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.designation import access
from cx280.designation.actions.writing import begin_proposal
from cx280.designation.figures import sensitivity
from cx280.designation.forms import (
    BeginForm,
    ChoiceForm,
    ConcurForm,
    ReasonForm,
    ReturnForm,
    WeightsForm,
)
from cx280.designation.models import Proposal
from cx280.designation.queries.proposals import (
    content_to_see,
    due_of,
    facts_of,
    findings_of,
    listed,
    reasons_for,
    services_to_choose,
    signed_step,
    years_of,
)
from cx280.designation.rules.content import candidates_in
from cx280.designation.rules.scoring import Placed, placed
from cx280.designation.rules.vocabulary import Factor, Stage
from cx280.kernel.finding import Finding, Severity, errors
from cx280.kernel.problem import Problem
from cx280.kernel.quarter import fiscal_year_of
from cx280.services.models import Hisp
from cx280.surveys.rules.impact import weights_of

SEE = Capability.SEE_SERVICES
Forms = dict[str, forms.Form]


@never_cache
@allow(SEE)
@require_http_methods(["GET", "HEAD", "POST"])
def proposals(request: HttpRequest) -> HttpResponse:
    """Every proposal the person may see, by year, and the form that begins one."""
    person, today = signed_in_person(request), timezone.localdate()
    given = request.POST if request.method == "POST" else None
    form = BeginForm(given, initial={"fiscal_year": fiscal_year_of(today) + 1})
    form.fields["hisp"].queryset = _to_begin(person)  # type: ignore[attr-defined]
    if given is not None and form.is_valid():
        try:
            found = begin_proposal(**form.cleaned_data, by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            return redirect("designation:proposal", found.hisp.code, found.fiscal_year)
    seen = access.proposals_to_see(person)
    years = years_of(seen)
    chosen = _chosen_year(request, years, all_years=not access.sees_all(person))
    context = {
        "rows": listed(seen, chosen),
        "years": years,
        "chosen": chosen,
        "form": form,
        "may_begin": _to_begin(person).exists(),
        "has_providers": access.hisps_to_see(person).exists(),
        "sees_all": access.sees_all(person),
    }
    status = 422 if given is not None else 200
    return render(request, "designation/list.html", context, status=status)


def _chosen_year(request: HttpRequest, years: Sequence[int], *, all_years: bool) -> int | None:
    """The year asked for; None for all, which who sees all agencies only gets by asking."""
    written = request.GET.get("year", "")
    if written.isdecimal() and len(written) == 4:
        return int(written)
    return None if all_years or not years else years[0]


def _to_begin(person: Person) -> Any:  # noqa: ANN401  a queryset of providers
    mine = organizations_where(person, Capability.DESIGNATE)
    return Hisp.objects.filter(organization__in=mine, ended_on__isnull=True).order_by("name")


@never_cache
@allow(SEE)
@require_safe
def proposal(request: HttpRequest, hisp: str, year: int) -> HttpResponse:
    """One proposal: its services with why, impact under its weights, and what OMB said."""
    return page(request, access.proposal_to_see(signed_in_person(request), hisp, year))


def page(request: HttpRequest, found: Proposal, **failed: forms.Form) -> HttpResponse:
    """The page, with forms that were refused in place of fresh ones."""
    person = signed_in_person(request)
    if access.sees_all(person) or not found.is_open:
        return _as_sent(request, person, found, failed)
    facts = facts_of(found)
    rows = placed(facts.candidates, facts.weights)
    wrong = findings_of(found)
    context = {
        **_both(person, found, failed),
        **_impact(rows, facts.weights),
        "facts": facts,
        "chosen": {each.service.service for each in facts.chosen},
        "findings": _rows(found, wrong, failed.get("reason_form")),
        "to_fix": len(errors(wrong)),
        "may_write": access.may_write(person, found.hisp),
        "may_sign": access.may_sign(person, found.hisp),
        "choice_form": failed.get("choice_form") or _choice_form(found),
        "weights_form": failed.get("weights_form") or WeightsForm(initial=found.weights),
        "weights_failed": "weights_form" in failed,
    }
    status = 422 if failed else 200
    return render(request, "designation/proposal.html", context, status=status)


def _rows(
    found: Proposal, findings: Sequence[Finding], failed: forms.Form | None
) -> list[dict[str, Any]]:
    """Each finding with the reason written for it, and the form for one where it may stand."""
    reasons = reasons_for(found)
    rows = []
    for number, each in enumerate(findings):
        mine = failed if failed is not None and failed.data.get("finding") == each.key else None
        form = mine or ReasonForm(initial={"finding": each.key}, auto_id=f"reason_{number}_%s")
        warns = each.severity is Severity.WARN
        rows.append(
            {
                "finding": each,
                "reason": reasons.get(each.key),
                "form": form if warns else None,
                "failed": mine is not None,
            }
        )
    return rows


def _impact(rows: Sequence[Placed], weights: Mapping[str, float]) -> dict[str, Any]:
    parts = weights_of(weights)
    return {
        "rows": rows,
        "weights": [(each.value, parts[each.value]) for each in Factor],
        "chart": sensitivity(rows, weights) if rows else None,
    }


def _both(person: Person, found: Proposal, failed: Forms) -> dict[str, Any]:
    """What the agency and OMB both see."""
    returned = found.history.filter(move="return").last() if found.stage == Stage.RETURNED else None
    return {
        "proposal": found,
        "due": due_of(found.fiscal_year),
        "history": found.history.select_related("by"),
        "returned": returned,
        "before": Proposal.objects.filter(
            hisp=found.hisp, fiscal_year=found.fiscal_year - 1, signed_on__isnull=False
        ).first(),
        "may_decide": access.may_decide(person, found.hisp) and found.stage == Stage.SIGNED,
        "return_form": failed.get("return_form") or ReturnForm(),
        "return_failed": "return_form" in failed,
        "concur_form": failed.get("concur_form") or ConcurForm(
            initial={"on": timezone.localdate()}
        ),
    }  # fmt: skip


def _as_sent(request: HttpRequest, person: Person, found: Proposal, failed: Forms) -> HttpResponse:
    """What was signed last; OMB reads this whatever the agency writes meanwhile."""
    content = content_to_see(found, signed_only=True)
    rows = placed(candidates_in(content), content["weights"])
    context = {
        **_both(person, found, failed),
        **_impact(rows, content["weights"]),
        "content": content,
        "signed": signed_step(found),
        "chosen": {each["code"] for each in content["services"]},
        "from_outside": access.sees_all(person),
    }
    status = 422 if failed else 200
    return render(request, "designation/as-sent.html", context, status=status)


def _choice_form(found: Proposal) -> ChoiceForm:
    form = ChoiceForm()
    form.fields["service"].queryset = services_to_choose(found.hisp)  # type: ignore[attr-defined]
    return form
