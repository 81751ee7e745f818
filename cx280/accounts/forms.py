"""What people type on the pages of this folder, checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import GOVERNMENT_WIDE, Role
from cx280.agencies.models import Organization
from cx280.agencies.queries import active, in_tree_order
from cx280.kernel.problem import Problem


def tell(form: forms.BaseForm, problem: Problem) -> None:
    """Shows a Problem beside the input it names, or above the form."""
    words = f"{problem.message} {problem.fix}".strip()
    form.add_error(problem.field if problem.field in form.fields else None, words)


class Day(forms.DateInput):
    """A day, with the browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


# An em space: browsers drop ordinary spaces at the start of a choice.
_STEP_IN = "\u2003"


class UnitChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A choice among organizations, shown as a tree."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401
        """The unit's name, set in by how deep it stands."""
        return f"{_STEP_IN * obj.depth}{obj.name}"


def unit_choice(**options: Any) -> UnitChoice:
    """The field, without units until `offer` puts them in."""
    return UnitChoice(queryset=Organization.objects.none(), **options)


def offer(form: forms.BaseForm, name: str, among: Any) -> None:  # noqa: ANN401
    """Puts the units of the query among the choices of the field, in tree order."""
    field = form.fields[name]
    if isinstance(field, UnitChoice):
        field.queryset = among
        units = in_tree_order(among)
        field.choices = [
            ("", field.empty_label or "Choose one"),
            *((each.pk, field.label_from_instance(each)) for each in units),
        ]


class SignInForm(forms.Form):
    """An e-mail address and its password."""

    username = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )
    password = forms.CharField(
        strip=False,
        max_length=1000,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def clean_username(self) -> str:
        """Small letters: another case must not start a new count of wrong passwords."""
        return str(self.cleaned_data["username"]).strip().lower()


class LinkForm(forms.Form):
    """An address to mail a one-time link to."""

    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", "spellcheck": "false"}),
    )


class PasswordForm(forms.Form):
    """A new password, and the present one where there is one."""

    current = forms.CharField(
        label="Your present password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    password = forms.CharField(
        label="New password",
        strip=False,
        help_text="At least 12 characters. Several words only you would put together are best.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if not person.has_usable_password():
            del self.fields["current"]

    def clean_current(self) -> str:
        current = str(self.cleaned_data["current"])
        if not self.person.check_password(current):
            raise forms.ValidationError("This is not your present password.")
        return current

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.person)
        return password


class KeyForm(forms.Form):
    """The program that will use a key."""

    name = forms.CharField(
        label="Which program will use the key?",
        max_length=100,
        help_text="So that you know which one to revoke: “nightly export”, “data warehouse”.",
    )


class PersonForm(forms.Form):
    """Somebody to add."""

    name = forms.CharField(label="Name", max_length=200, widget=forms.TextInput())
    email = forms.EmailField(label="E-mail address", max_length=254)


class NameForm(forms.Form):
    """Another name for a person."""

    name = forms.CharField(label="Name", max_length=200)


class RoleForm(forms.Form):
    """A role, for an organization, between two days."""

    role = forms.ChoiceField(choices=[("", "Choose one"), *((r.value, r.label) for r in Role)])
    organization = unit_choice(
        required=False,
        empty_label="The whole government",
        help_text="The role counts for this unit and everything below it.",
    )
    since = forms.DateField(label="First day", widget=Day())
    until = forms.DateField(label="Last day", required=False, widget=Day())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"since": timezone.localdate()})
        super().__init__(*args, **kwargs)
        offer(self, "organization", active())

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        role, organization = given.get("role"), given.get("organization")
        if role and Role(role) in GOVERNMENT_WIDE and organization:
            self.add_error("organization", f"{Role(role).label} counts for the whole government.")
        if role and Role(role) not in GOVERNMENT_WIDE and not organization:
            self.add_error("organization", f"Choose where the {Role(role).label} works.")
        return given


class EndForm(forms.Form):
    """The last day of something."""

    last_day = forms.DateField(label="Last day", widget=Day())


class TrailForm(forms.Form):
    """What to look for in the audit trail."""

    subject = forms.CharField(label="What", required=False, max_length=200)
    actor = forms.CharField(label="Who", required=False, max_length=254)
    since = forms.DateField(label="From", required=False, widget=Day())
    until = forms.DateField(label="To", required=False, widget=Day())
