"""What people type about segments, tags and periods."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.research.models import Segment
from cx280.services.models import Service


class SegmentForm(forms.Form):
    """A group of customers."""

    name = forms.CharField(label="Name of the segment", max_length=60)
    about = forms.CharField(
        label="Who belongs to it?", max_length=300, required=False,
        help_text="So that two people count the same customers.",
    )  # fmt: skip
    is_federal = forms.BooleanField(
        label="They are Federal employees, who are no members of the public", required=False
    )


class ShareForm(forms.Form):
    """How large a segment is among a service's customers."""

    service = forms.ModelChoiceField(
        label="Service", queryset=Service.objects.none(), empty_label=None
    )
    segment = forms.ModelChoiceField(
        label="Segment", queryset=Segment.objects.none(), empty_label=None
    )
    percent = forms.FloatField(
        label="Percent of its customers", min_value=0, max_value=100,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text="Segments may overlap, so they need not add up to 100.",
    )  # fmt: skip
    source = forms.CharField(label="Where is that known from?", max_length=200)

    def __init__(self, services: Any, segments: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        self.fields["segment"].queryset = segments  # type: ignore[attr-defined]


class TagForm(forms.Form):
    """A word for the list."""

    name = forms.CharField(label="Tag", max_length=40)


class TermsForm(forms.Form):
    """How long what was learned holds."""

    confirm_months = forms.IntegerField(
        label="Months after which an insight is to be confirmed or retired",
        min_value=1, max_value=120,
    )  # fmt: skip
    study_months = forms.IntegerField(
        label="Months within which each designated service is studied, in words and in numbers",
        min_value=1, max_value=120,
    )  # fmt: skip
