"""Checks what staff send: a unit for an unknown code, a file to import, a batch of paper forms."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from cx280.agencies.models import Organization
from cx280.kernel.problem import Unusable
from cx280.pages.fields import DayInput
from cx280.responses.rules.importing import ImportMap, read_map

# Larger files go through the command line, where nobody waits for a page.
LARGEST_FILE = 10 * 1024 * 1024
LARGEST_MAP = 200 * 1024


class PlaceForm(forms.Form):
    """Which unit an unknown code means."""

    code = forms.CharField(max_length=60, widget=forms.HiddenInput)
    unit = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label="The office it means",
        empty_label="Choose an office",
        error_messages={
            "required": "Choose the office.",
            "invalid_choice": "Choose an office listed.",
        },
    )
    remember = forms.BooleanField(
        required=False, initial=True, label="Place later answers with this code there too"
    )

    def __init__(self, *args: object, units: QuerySet[Organization], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        field = self.fields["unit"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = units


class ImportForm(forms.Form):
    """A file of responses and the map that reads it."""

    file = forms.FileField(
        label="The file of responses",
        help_text="CSV in UTF-8 with a header line, up to 10 MB.",
        error_messages={"required": "Choose the file of responses."},
    )
    map = forms.FileField(
        label="The map",
        help_text="JSON or TOML: which column is what.",
        error_messages={"required": "Choose the map."},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file, when it is not too large to wait for."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(
                "This file is larger than 10 MB. Use the command cx280 import responses for it."
            )
        return file

    def clean_map(self) -> ImportMap:
        """The map, read; says what is wrong with it."""
        file: UploadedFile[bytes] = self.cleaned_data["map"]
        if (file.size or 0) > LARGEST_MAP:
            raise forms.ValidationError("This is too large to be a map.")
        try:
            return read_map(file.read(), file.name or "map")
        except Unusable as problem:
            raise forms.ValidationError(f"{problem.message} {problem.fix}") from problem


class HandledForm(forms.Form):
    """What was done about a comment that could not wait."""

    note = forms.CharField(
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="What you did",
        help_text="For colleagues and the record. Write no names of customers.",
        error_messages={"required": "Say what you did, in one sentence."},
    )


class ContactForm(forms.Form):
    """Who is told at once of a service's comments that cannot wait."""

    name = forms.CharField(required=False, max_length=200, label="Name or team")
    email = forms.EmailField(
        required=False,
        label="Email address",
        help_text="Of a person or a mailbox that somebody reads all day. "
        "Leave it empty and the CX leads are told.",
        error_messages={"invalid": "Write an email address, like team@agency.gov."},
    )


class BatchForm(forms.Form):
    """A pile of paper forms: which, from where, since when, and how carefully it is keyed."""

    version = forms.TypedChoiceField(
        coerce=int,
        label="Version on the forms",
        help_text="It stands beside the code in the corner of each form.",
    )
    unit = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label="Office",
        empty_label="Choose an office",
        error_messages={"required": "Choose the office the forms come from."},
    )
    received_on = forms.DateField(
        label="Received on",
        widget=DayInput,
        error_messages={"required": "Say when the office received them."},
    )
    channel = forms.ChoiceField(label="Where the service was given")
    language = forms.ChoiceField(label="Language of the forms")
    handed_out = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=1_000_000,
        label="How many forms were handed out, if somebody counted",
        help_text="Leave it empty when nobody did. Then there is no response rate.",
    )
    check_percent = forms.IntegerField(
        min_value=0,
        max_value=100,
        initial=10,
        label="Percent to be keyed a second time",
        help_text="By somebody else, to see how far two people agree. 0 for none.",
    )

    def __init__(
        self,
        *args: object,
        units: QuerySet[Organization],
        choices: dict[str, list[tuple[Any, str]]],
        today: date,
        **kwargs: object,
    ) -> None:
        """choices: of version, channel and language, as (value, words)."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._today = today
        unit = self.fields["unit"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = units
        for name, pairs in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = pairs

    def clean_received_on(self) -> date:
        """The day, when it has come."""
        day: date = self.cleaned_data["received_on"]
        if day > self._today:
            raise forms.ValidationError("This day has not come yet.")
        return day


MOST_COPIES = 50


class PrintForm(forms.Form):
    """Paper forms to print: for which office, in which language, how many."""

    unit = forms.ModelChoiceField(
        queryset=Organization.objects.none(),
        label="Office",
        empty_label="Choose an office",
        error_messages={"required": "Choose the office that hands the forms out."},
    )
    language = forms.ChoiceField(label="Language")
    copies = forms.IntegerField(
        min_value=0,
        max_value=MOST_COPIES,
        initial=20,
        label="How many",
        help_text=f"Each has its own number; {MOST_COPIES} at a time. 0 makes one sheet without a "
        "number that you copy yourself.",
    )
    return_to = forms.CharField(
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Where to mail it",
        help_text="The office’s address, line by line. Leave it empty when forms stay there.",
    )

    def __init__(
        self,
        *args: object,
        units: QuerySet[Organization],
        languages: list[tuple[str, str]],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        unit, language = self.fields["unit"], self.fields["language"]
        if isinstance(unit, forms.ModelChoiceField):
            unit.queryset = units
        if isinstance(language, forms.ChoiceField):
            language.choices = languages


class PhoneLineForm(forms.Form):
    """Whether a phone system may ask the survey, and how patiently."""

    is_on = forms.BooleanField(required=False, label="Our phone system may ask this survey")
    wait_seconds = forms.IntegerField(
        min_value=3,
        max_value=30,
        label="Seconds to wait for a key",
        help_text="3 to 30. Older people and people with a disability need more time: 8 or more.",
    )


class LineSecretForm(forms.Form):
    """How long the old address of a phone line goes on working."""

    old_hours = forms.TypedChoiceField(
        label="How long does the old address go on working?",
        coerce=int,
        choices=[
            ("168", "7 days, to change the phone system meanwhile"),
            ("24", "One day"),
            ("0", "Not at all: somebody has it who should not"),
        ],
    )
