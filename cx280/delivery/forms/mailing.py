"""What people say of messages, and the file they hand over."""

from __future__ import annotations

from typing import Any

from django import forms

LARGEST_FILE = 10 * 1024 * 1024


class MailingForm(forms.Form):
    """How a survey's messages are sent."""

    rule = "280.10-k4"

    is_on = forms.BooleanField(label="Send messages", required=False)
    sender = forms.CharField(
        label="Who do they come from?", max_length=100,
        help_text="The name that mail programs show, like “Boat Permits, Department of Lakes”.",
    )  # fmt: skip
    reminder_hours = forms.IntegerField(
        label="Hours until the one reminder", min_value=0, max_value=47,
        help_text="0: no reminder. It leaves inside the 48 hours, too, or not at all. Nobody knows"
        " who has answered, so everybody gets it.",
    )  # fmt: skip

    def clean_sender(self) -> str:
        """The name on one line."""
        return " ".join(str(self.cleaned_data["sender"]).split())


class HandOverForm(forms.Form):
    """A file of ended interactions."""

    file = forms.FileField(
        label="File of ended interactions",
        help_text="CSV in UTF-8, up to 10 MB and 50,000 rows.",
    )

    def clean_file(self) -> Any:  # noqa: ANN401
        """The file, if it is not too large."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 10 MB. Split it.")
        return given
