"""Checks what staff send: a unit for an unknown code, a file to import."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from cx280.agencies.models import Organization
from cx280.kernel.problem import Unusable
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
