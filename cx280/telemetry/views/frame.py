"""What every page about a service's telemetry shares: its tabs, and a form that keeps its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cx280.accounts.access import signed_in_person
from cx280.accounts.forms import tell
from cx280.kernel.problem import Problem
from cx280.services.models import Service
from cx280.telemetry import access

FormOf = TypeVar("FormOf", bound=forms.Form)
TABS = (("Plan", "plan"), ("Sites", "sites"), ("Flows", "flows"), ("Practices", "practices"))


@dataclass(frozen=True, slots=True)
class Folded:
    """Fields that most people never need."""

    title: str
    fields: list[forms.BoundField]
    is_open: bool


def framed(request: HttpRequest, service: Service, **more: Any) -> dict[str, Any]:
    """The context of a page: the service, its tabs, whether the person may change it."""
    return {
        "service": service,
        "tabs": [
            (words, reverse(f"telemetry:{name}", args=[service.code])) for words, name in TABS
        ],
        "may_edit": access.may_edit(signed_in_person(request), service),
        **more,
    }


def filled(
    kind: type[FormOf], request: HttpRequest, found: Model | None, **usual: object
) -> FormOf:
    """The form with what was typed, else with what is kept, else with what is usual."""
    known = {name: getattr(found, name) for name in kind.base_fields} if found else usual
    return kind(request.POST or None, initial=known)


def edited(
    request: HttpRequest,
    service: Service,
    form: forms.Form,
    words: Mapping[str, str],
    save: Callable[[], str],
) -> HttpResponse:
    """The form, or where `save` says to go next once it is right; what was typed stays.

    words: title, lead, and the address and words of the way back.
    """
    if request.method == "POST" and form.is_valid():
        try:
            there = save()
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Saved.")
            return redirect(there)
    plain, folded = _parts(form)
    context = framed(request, service, form=form, plain=plain, folded=folded, words=words)
    return render(request, "telemetry/edit.html", context, status=422 if form.errors else 200)


def _parts(form: forms.Form) -> tuple[list[forms.BoundField], list[Folded]]:
    """The fields that stand open, and those the form folds; what holds something is not hidden."""
    named: tuple[tuple[str, tuple[str, ...]], ...] = getattr(form, "folded", ())
    folded = [
        Folded(title, fields, any(each.errors or each.value() for each in fields))
        for title, fields in ((title, [form[name] for name in names]) for title, names in named)
    ]
    hidden = {name for _, names in named for name in names}
    return [each for each in form if each.name not in hidden], folded


def words(title: str, lead: str, back: str, back_words: str) -> dict[str, str]:
    """How an edit page speaks: its title, one sentence, and the way back."""
    return {"title": title, "lead": lead, "back": back, "back_words": back_words}
