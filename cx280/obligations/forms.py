"""What people say about what they handed in."""

from __future__ import annotations

from django import forms

from cx280.accounts.forms import Day


class SubmissionForm(forms.Form):
    """What went to OMB, and when."""

    submitted_on = forms.DateField(
        label="On which day did OMB get it?", widget=Day,
        help_text="This day decides whether it is on time.",
    )  # fmt: skip
    document = forms.CharField(
        label="What was it?", max_length=200,
        help_text="The title of the document or of the briefing, so that others find it.",
    )  # fmt: skip
    address = forms.URLField(
        label="Where does it stand?", max_length=500, required=False, assume_scheme="https",
        help_text="The address of the file or of the page, when there is one.",
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """Why something that was recorded is taken back."""

    because = forms.CharField(label="Why is it withdrawn?", max_length=500)
