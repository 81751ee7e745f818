"""What people type about inventories, files, providers and designations, checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from cx280.accounts.forms import Day
from cx280.agencies.models import Organization
from cx280.circular.edition import edition
from cx280.kernel.problem import Problem
from cx280.kernel.quarter import Quarter
from cx280.services.forms.services import long_text
from cx280.services.rules.target_quarter import late_target


class CycleForm(forms.Form):
    """The year of an inventory."""

    agency = forms.ModelChoiceField(Organization.objects.none(), label="Agency", empty_label=None)
    fiscal_year = forms.IntegerField(label="Fiscal year", min_value=2000, max_value=2200)

    def __init__(self, agencies: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["agency"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        field.queryset = agencies


class FileForm(forms.Form):
    """A file of services."""

    file = forms.FileField(label="CSV or JSON file", help_text="As exported here; 5 MB at most.")


class WorksheetForm(forms.Form):
    """A worksheet of one service."""

    file = forms.FileField(label="Worksheet", help_text="As exported here; 1 MB at most.")


class HispListForm(forms.Form):
    """A version of OMB's list."""

    text = forms.CharField(
        label="The list",
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        strip=False,
        max_length=500_000,
        help_text="CSV with the columns code, name, organization (a code) and, if known, reason.",
    )
    effective_on = forms.DateField(label="In effect from", widget=Day())
    source_url = forms.URLField(label="Where it stands", assume_scheme="https")
    retrieved_on = forms.DateField(label="Read there on", widget=Day())


class HispForm(forms.Form):
    """What the agency says of a provider."""

    description = long_text(label="What the provider does")
    target_quarter = forms.CharField(
        label="First quarter it will report",
        required=False,
        max_length=10,
        help_text="Only for a newly designated provider without capacity now. Like FY2023 Q1.",
    )

    def clean_target_quarter(self) -> str:
        """The quarter written our way, not after the edition's limit (280.16-b1)."""
        written = str(self.cleaned_data["target_quarter"]).strip()
        if not written:
            return ""
        limit = Quarter.parse(edition(settings.CX280_EDITION).limits.newly_designated_target)
        try:
            target = Quarter.parse(written)
        except Problem as problem:
            raise forms.ValidationError(f"{problem.message} {problem.fix}") from problem
        for found in late_target(target, limit):
            raise forms.ValidationError(f"{found.message} {found.fix}")
        return str(target)


class EndForm(forms.Form):
    """Why a designation ends."""

    why = forms.CharField(label="Why it ends", max_length=1000)
