"""People, for administrators: add them, give and end their roles, shut them out."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts import actions, queries
from cx280.accounts.access import allow, assignment_to_manage, person_to_manage, signed_in_person
from cx280.accounts.forms import EndForm, NameForm, PersonForm, RoleForm, tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability, Role
from cx280.kernel.problem import Problem

MANAGE = Capability.MANAGE_PEOPLE


@never_cache
@allow(MANAGE)
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who may sign in, with the roles they hold."""
    words = request.GET.get("words", "").replace("\0", "").strip()  # PostgreSQL refuses NUL
    role = request.GET.get("role", "")
    known = {each.value for each in Role}
    found = queries.people(words=words, role=role if role in known else "")
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    context = {"page": page, "words": words, "role": role, "roles": list(Role)}
    return render(request, "accounts/people.html", context)


@never_cache
@allow(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: HttpRequest) -> HttpResponse:
    """Adds somebody; their roles come next."""
    form = PersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_person(**form.cleaned_data, by=signed_in_person(request))
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{made} is added. Give them a role now.")
            return redirect("accounts:person", made.pk)
    status = 422 if form.errors else 200
    return render(request, "accounts/new-person.html", {"form": form}, status=status)


@never_cache
@allow(MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: roles, name, and how to let them in or shut them out."""
    found = person_to_manage(signed_in_person(request), pk)
    if request.method != "POST":
        return _page(request, found)
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, found, name_form=form)
    actions.change_person(found, name=form.cleaned_data["name"], by=signed_in_person(request))
    messages.success(request, "The name is changed.")
    return redirect("accounts:person", pk)


@never_cache
@allow(MANAGE)
@require_POST
def give_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives the person a role for an organization."""
    administrator = signed_in_person(request)
    found = person_to_manage(administrator, pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            given = actions.assign(found, **form.cleaned_data, by=administrator)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, f"{found} is now {Role(given.role).label}.")
            return redirect("accounts:person", pk)
    return _page(request, found, role_form=form)


@never_cache
@allow(MANAGE)
@require_POST
def end_role(request: HttpRequest, pk: int) -> HttpResponse:
    """Ends a role after the last day given; without one, at once."""
    administrator = signed_in_person(request)
    assignment = assignment_to_manage(administrator, pk)
    form = EndForm(request.POST)
    form.fields["last_day"].required = False
    if not form.is_valid():
        messages.error(request, "Write the last day as 2022-01-28.")
        return redirect("accounts:person", assignment.person_id)
    try:
        actions.end_assignment(assignment, last_day=form.cleaned_data["last_day"], by=administrator)
    except Problem as problem:
        messages.error(request, f"{problem.message} {problem.fix}".strip())
    else:
        messages.success(request, "The role has an end.")
    return redirect("accounts:person", assignment.person_id)


@never_cache
@allow(MANAGE)
@require_POST
def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a sign-in link to hand to the person, shown this once."""
    administrator = signed_in_person(request)
    found = person_to_manage(administrator, pk)
    if not found.is_active:
        messages.error(request, f"{found} is shut out; let them in first.")
        return redirect("accounts:person", pk)
    token = actions.make_link(found, by=administrator)
    address = request.build_absolute_uri(reverse("accounts:link", args=[token]))
    return _page(request, found, address=address)


@never_cache
@allow(MANAGE)
@require_POST
def shut_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Shuts the person out at once, or lets them in again."""
    administrator = signed_in_person(request)
    found = person_to_manage(administrator, pk)
    try:
        if request.POST.get("back"):
            actions.reactivate_person(found, by=administrator)
            messages.success(request, f"{found} may sign in again.")
        else:
            actions.deactivate_person(found, by=administrator)
            messages.success(request, f"{found} is shut out.")
    except Problem as problem:
        messages.error(request, f"{problem.message} {problem.fix}".strip())
    return redirect("accounts:person", pk)


def _page(request: HttpRequest, found: Person, **more: Any) -> HttpResponse:
    context = {
        "found": found,
        "today": timezone.localdate(),
        "roles": queries.roles_of(found),
        "role_form": RoleForm(),
        "name_form": NameForm(initial={"name": found.name}),
        "minutes": int(actions.LINK_LIFETIME.total_seconds() // 60),
        **more,
    }
    faulty = any(getattr(each, "errors", None) for each in more.values())
    return render(request, "accounts/person.html", context, status=422 if faulty else 200)
