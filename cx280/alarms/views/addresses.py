"""How you are told: your addresses and those of your units, quiet hours, digests."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cx280.accounts.access import allow, signed_in_person
from cx280.accounts.forms import tell
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.alarms import access
from cx280.alarms.actions.addresses import (
    add_address,
    change_address,
    remove_address,
    renew_secret,
)
from cx280.alarms.channels import CHANNELS
from cx280.alarms.channels.shape import ChannelKind, shown
from cx280.alarms.forms import ContactForm, NewContactForm
from cx280.alarms.models import Contact
from cx280.alarms.queries.recipients import quiet_hours_of
from cx280.alarms.views.frame import tabs
from cx280.delivery.sealing import CannotOpen
from cx280.kernel.problem import Problem

HANDLE = Capability.HANDLE_ALARMS


@never_cache
@allow(HANDLE)
@require_safe
def addresses(request: HttpRequest) -> HttpResponse:
    """Every address that is yours to keep."""
    person = signed_in_person(request)
    kept = access.contacts_to_keep(person)
    own = any(each.person_id for each in kept)
    context = {"tabs": tabs(request), "person": person, "own": own,
               "rows": [(each, _where(each), _quiet(each)) for each in kept]}  # fmt: skip
    return render(request, "alarms/addresses.html", context)


def _where(contact: Contact) -> str:
    """As much of the address as others of the unit may know."""
    try:
        return shown(ChannelKind.of(contact.channel), contact.told_at)
    except CannotOpen:
        return "cannot be read with this system’s key: remove it and add it again"


def _quiet(contact: Contact) -> str:
    hours = quiet_hours_of(contact)
    said = []
    if hours.start is not None and hours.end is not None:
        said.append(f"{hours.start:%H:%M} to {hours.end:%H:%M}")
    if hours.weekends:
        said.append("weekends")
    return ", ".join(said) or "never"


@never_cache
@allow(HANDLE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Adds an address."""
    person = signed_in_person(request)
    units = access.units_to_tell(person)
    named = [(each.pk, each.name) for each in units]
    form = NewContactForm(named, request.POST if request.method == "POST" else None)
    if form.is_valid():
        said = form.cleaned_data
        unit = next((each for each in units if str(each.pk) == said["whose"]), None)
        try:
            made = add_address(by=person, unit=unit, channel=ChannelKind.of(said["channel"]),
                               address=said["address"], values=said)  # fmt: skip
        except Problem as problem:
            tell(form, problem)
        else:
            return _kept(request, made)
    status = 422 if form.errors else 200
    return render(request, "alarms/address.html", {"form": form, "contact": None}, status=status)


def _kept(request: HttpRequest, made: Contact) -> HttpResponse:
    if made.secrets:
        return _show_secret(request, made)
    messages.success(request, "Kept. The next alarm goes there as well.")
    return redirect("alarms:addresses")


@never_cache
@allow(HANDLE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes how and when an address is told."""
    person = signed_in_person(request)
    contact = access.contact_to_keep(person, pk)
    initial = {name: getattr(contact, name) for name in ContactForm.base_fields}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            change_address(contact, by=person, values=form.cleaned_data)
        except Problem as problem:
            tell(form, problem)
        else:
            messages.success(request, "Kept.")
            return redirect("alarms:addresses")
    context = {
        "form": form,
        "contact": contact,
        "signs": CHANNELS[ChannelKind.of(contact.channel)].signs,
    }
    return render(request, "alarms/address.html", context, status=422 if form.errors else 200)


@never_cache
@allow(HANDLE)
@require_POST
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a new secret, shown once."""
    person: Person = signed_in_person(request)
    contact = access.contact_to_keep(person, pk)
    renew_secret(contact, by=person)
    return _show_secret(request, contact)


def _show_secret(request: HttpRequest, contact: Contact) -> HttpResponse:
    context = {"contact": contact, "secret": contact.secrets[0]}
    return render(request, "alarms/secret.html", context)


@never_cache
@allow(HANDLE)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes an address away."""
    person = signed_in_person(request)
    remove_address(access.contact_to_keep(person, pk), by=person)
    messages.success(request, "Nothing more goes there.")
    return redirect("alarms:addresses")
