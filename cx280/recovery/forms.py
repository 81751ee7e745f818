"""What people write: how to reach them, and what was done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from cx280.delivery.rules.phones import number_of

LONGEST = 200


def reach_from(email: str, phone: str) -> tuple[dict[str, str], dict[str, str]]:
    """What reaches the person, `email` and `phone`, and a word of `contact` for each fault.

    One of the two is enough.
    """
    email, phone = email.strip(), phone.strip()
    if not email and not phone:
        return {}, {"": "neither"}
    number = number_of(phone, "US") if phone else ""
    faults = {}
    if email and not _is_email(email):
        faults["email"] = "bad_email"
    if phone and not number:
        faults["phone"] = "bad_phone"
    given = {"email": email, "phone": number}
    return {name: each for name, each in given.items() if each}, faults


def _is_email(written: str) -> bool:
    try:
        validate_email(written)
    except ValidationError:
        return False
    return len(written) <= LONGEST


class DoneForm(forms.Form):
    """What was done about it."""

    note = forms.CharField(
        label="What you did",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="No names, addresses or numbers: the note stays when they are erased.",
        error_messages={"required": "Say in a few words what you did."},
    )

    def clean_note(self) -> Any:  # noqa: ANN401
        """The note, which has to have words."""
        return self.cleaned_data["note"].strip()
