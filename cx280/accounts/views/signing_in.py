"""Signing in with a password or a one-time link, and signing out."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from cx280.accounts.access import PUBLIC, allow, person_of
from cx280.accounts.actions import LINK_LIFETIME, LinkUnusable, ask_for_link, note_sign_in, use_link
from cx280.accounts.forms import LinkForm, SignInForm
from cx280.accounts.models import Person
from cx280.accounts.queries import person_of_link

BACKEND = "cx280.accounts.backends.PasswordOrLink"


@never_cache
@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page; a wrong address and a wrong password are told in the same words."""
    there = _next(request)
    if person_of(request):
        return redirect(there)
    form = SignInForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        person = authenticate(request, username=given["username"], password=given["password"])
        if isinstance(person, Person):
            return _let_in(request, person, there, how="password")
        form.add_error(None, "We do not know this address with this password. Try again.")
    context = {"form": form, "link_form": LinkForm(auto_id="link_%s"), "next": there}
    return render(request, "accounts/sign-in.html", context, status=422 if form.errors else 200)


@never_cache
@allow(PUBLIC)
@require_POST
def send_link(request: HttpRequest) -> HttpResponse:
    """Notes the wish for a link and says the same whether or not the address is known."""
    form = LinkForm(request.POST, auto_id="link_%s")
    if not form.is_valid():
        context = {"form": SignInForm(), "link_form": form, "next": _next(request)}
        return render(request, "accounts/sign-in.html", context, status=422)
    ask_for_link(form.cleaned_data["email"], source=request.META.get("REMOTE_ADDR", ""))
    minutes = int(LINK_LIFETIME.total_seconds() // 60)
    return render(request, "accounts/link-sent.html", {"minutes": minutes})


@never_cache
@allow(PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: HttpRequest, token: str) -> HttpResponse:
    """A button on GET, the sign-in on POST: mail filters that open links spend nothing."""
    if request.method != "POST":
        person = person_of_link(token)
        if person is None:
            return render(request, "accounts/link-gone.html", status=LinkUnusable.status)
        return render(request, "accounts/link.html", {"invited": person})
    try:
        person = use_link(token)
    except LinkUnusable:
        return render(request, "accounts/link-gone.html", status=LinkUnusable.status)
    return _let_in(request, person, settings.LOGIN_REDIRECT_URL, how="link")


@never_cache
@allow(PUBLIC)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    messages.success(request, "You are signed out.")
    return redirect("accounts:sign-in")


def _let_in(request: HttpRequest, person: Person, there: str, *, how: str) -> HttpResponse:
    login(request, person, backend=BACKEND)
    note_sign_in(person, how=how)
    return redirect(there)


def _next(request: HttpRequest) -> str:
    """Where to go after signing in: an address of ours, never somebody else's."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if ours else resolve_url(settings.LOGIN_REDIRECT_URL)
