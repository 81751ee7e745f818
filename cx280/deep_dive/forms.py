"""What people write about talks with OMB."""

from __future__ import annotations

from django import forms

from cx280.accounts.forms import Day
from cx280.deep_dive.rules.vocabulary import Kind, Side, Task
from cx280.services.models import Hisp

_LINES = forms.Textarea(attrs={"rows": 4})


class PlanForm(forms.Form):
    """Which talk to plan."""

    hisp: forms.ModelChoiceField[Hisp] = forms.ModelChoiceField(
        Hisp.objects.none(), label="Provider", to_field_name="code", empty_label=None
    )
    kind = forms.ChoiceField(label="What kind of talk?", choices=Kind.choices())
    fiscal_year = forms.IntegerField(
        label="For which fiscal year?", min_value=2018, max_value=2100,
        help_text="A deep dive is owed once a year, by March 31.",
    )  # fmt: skip
    subject = forms.CharField(label="What is it about?", max_length=200)
    planned_on = forms.DateField(label="On which day?", widget=Day)
    asks = forms.CharField(
        label="What does the provider ask of OMB?", max_length=5000, required=False, widget=_LINES,
        help_text="One a line. They stand on the last slide of the briefing.",
    )  # fmt: skip


class ChangeForm(forms.Form):
    """Another day, subject or other asks."""

    subject = forms.CharField(label="What is it about?", max_length=200)
    planned_on = forms.DateField(label="On which day?", widget=Day)
    asks = forms.CharField(
        label="What does the provider ask of OMB?", max_length=5000, required=False, widget=_LINES,
        help_text="One a line. They stand on the last slide of the briefing.",
    )  # fmt: skip


class HeldForm(forms.Form):
    """When it was held, who came, what was agreed."""

    held_on = forms.DateField(label="On which day was it held?", widget=Day)
    for_provider = forms.CharField(label="Who came for the provider?", max_length=500)
    for_omb = forms.CharField(label="Who came for OMB?", max_length=500)
    agreed = forms.CharField(
        label="What was agreed?", max_length=10000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="OMB and the provider read this, nobody else.",
    )  # fmt: skip


class FollowUpForm(forms.Form):
    """What is left to do, who owes it and by when."""

    task = forms.ChoiceField(label="What is it?", choices=Task.choices())
    words = forms.CharField(
        label="In a sentence", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    side = forms.ChoiceField(label="Who owes it?", choices=Side.choices())
    owner = forms.CharField(label="Which office?", max_length=120, required=False)
    due_on = forms.DateField(label="By when?", widget=Day)


class DoneForm(forms.Form):
    """What came of it."""

    done_on = forms.DateField(label="On which day was it done?", widget=Day)
    outcome = forms.CharField(
        label="What came of it?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="For a question: the answer. The next briefing shows it.",
    )  # fmt: skip


class CancelForm(forms.Form):
    """Why a talk is taken off."""

    because = forms.CharField(label="Why is it cancelled?", max_length=500)
