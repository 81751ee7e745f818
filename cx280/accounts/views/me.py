"""One's own account: roles, password, keys."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from cx280.accounts import actions
from cx280.accounts.access import SIGNED_IN, allow, capabilities_of, key_of, signed_in_person
from cx280.accounts.forms import KeyForm, PasswordForm, tell
from cx280.accounts.models import Person
from cx280.accounts.queries import keys_of, roles_of
from cx280.kernel.problem import Problem


@never_cache
@allow(SIGNED_IN)
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """What the person may do here, and how they sign in."""
    return _page(request, signed_in_person(request))


@never_cache
@allow(SIGNED_IN)
@require_POST
def password(request: HttpRequest) -> HttpResponse:
    """Sets or changes one's own password; this session goes on, all others end."""
    person = signed_in_person(request)
    form = PasswordForm(request.POST, person=person)
    if not form.is_valid():
        return _page(request, person, password_form=form)
    actions.set_password(person, password=form.cleaned_data["password"], by=person)
    update_session_auth_hash(request, person)
    messages.success(request, "Your password is changed. Other devices are signed out.")
    return redirect("accounts:me")


@never_cache
@allow(SIGNED_IN)
@require_POST
def new_key(request: HttpRequest) -> HttpResponse:
    """Makes a key and shows it this once."""
    person = signed_in_person(request)
    form = KeyForm(request.POST)
    if form.is_valid():
        try:
            key = actions.make_key(person, name=form.cleaned_data["name"], by=person)
        except Problem as problem:
            tell(form, problem)
        else:
            return _page(request, person, new_key=key)
    return _page(request, person, key_form=form)


@never_cache
@allow(SIGNED_IN)
@require_POST
def revoke_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes one's own key useless."""
    person = signed_in_person(request)
    key = key_of(person, pk)
    actions.revoke_key(key, by=person)
    messages.success(request, f"The key “{key.name}” no longer works.")
    return redirect("accounts:me")


def _page(request: HttpRequest, person: Person, **more: Any) -> HttpResponse:
    context = {
        "me": person,
        "roles": roles_of(person),
        "may": sorted(each.value for each in capabilities_of(person)),
        "keys": keys_of(person),
        "password_form": PasswordForm(person=person),
        "key_form": KeyForm(),
        **more,
    }
    faulty = any(getattr(each, "errors", None) for each in more.values())
    return render(request, "accounts/me.html", context, status=422 if faulty else 200)
