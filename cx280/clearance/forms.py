"""What people type about clearances, checked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from cx280.accounts.forms import Day, offer, unit_choice
from cx280.accounts.models import Person
from cx280.clearance.access import units_to_clear
from cx280.clearance.models import CollectionKind


class ClearanceForm(forms.Form):
    """OMB's terms, as its notice of action states them."""

    control_number = forms.CharField(
        label="OMB control number", max_length=9, help_text="Like 1094-0123."
    )
    title = forms.CharField(label="Title", max_length=200)
    organization = unit_choice(
        label="Held by",
        help_text="An umbrella is held by the department; every unit below may use it.",
    )
    is_umbrella = forms.BooleanField(
        label="It is an umbrella for several collections", required=False, initial=True
    )
    starts_on = forms.DateField(label="First day", widget=Day())
    expires_on = forms.DateField(
        label="Last day", widget=Day(), help_text="Surveys close by themselves after this day."
    )
    responses_ceiling = forms.IntegerField(
        label="Responses allowed", min_value=0, help_text="For the whole time, all collections."
    )
    hours_ceiling = forms.DecimalField(
        label="Burden hours allowed", min_value=0, max_digits=12, decimal_places=2
    )
    permits_release = forms.BooleanField(
        label="Its terms let results be made public",
        required=False,
        help_text="Older clearances forbid it; then nothing collected under them is published.",
    )
    permits_contact = forms.BooleanField(
        label="Its terms let people leave an email address or a telephone number",
        required=False,
        help_text="Only where OMB approved it: surveys may then ask, after the answers are sent, "
        "whether somebody may contact the person.",
    )
    permits_following = forms.BooleanField(
        label="Its terms let answers of one person be read together along a journey",
        required=False,
        help_text="Only where OMB approved it. Nobody is named: see “Along the way” of a journey.",
    )

    def __init__(self, person: Person, on: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "organization", units_to_clear(person, on))


class CollectionForm(forms.Form):
    """One request under a clearance."""

    title = forms.CharField(label="Title", max_length=200)
    kind = forms.ChoiceField(
        label="What is collected", choices=CollectionKind.choices, widget=forms.RadioSelect
    )
    responses = forms.IntegerField(
        label="Answers expected from the public",
        min_value=1,
        help_text="Over the whole time of the clearance. Federal employees are not counted.",
    )
    minutes = forms.DecimalField(
        label="Minutes for one answer", min_value=0.01, max_digits=6, decimal_places=2
    )


class ApproveForm(forms.Form):
    """When OMB approved a collection."""

    approved_on = forms.DateField(label="Approved by OMB on", widget=Day())


class WithdrawForm(forms.Form):
    """From when, and why, a clearance ends early."""

    on = forms.DateField(label="First day without it", widget=Day())
    why = forms.CharField(label="Why", widget=forms.Textarea(attrs={"rows": 2}), max_length=1000)
