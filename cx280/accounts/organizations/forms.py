"""What people type on the pages of the organization tree."""

from __future__ import annotations

from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from cx280.accounts.forms import Day, offer, unit_choice
from cx280.agencies.models import Level, Organization

_FIRST_ZONES = (
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "America/Adak",
    "Pacific/Honolulu",
    "America/Puerto_Rico",
    "Pacific/Guam",
    "Pacific/Saipan",
    "Pacific/Pago_Pago",
)
_LARGEST_FILE = 4 * 1024 * 1024


def time_zones() -> list[tuple[str, Any]]:
    """The zones of the United States first, then every other one, as a choice."""
    others = sorted(each for each in available_timezones() if "/" in each)
    return [
        ("", "The same as the unit above"),
        ("United States", [(each, each.replace("_", " ")) for each in _FIRST_ZONES]),
        ("Everywhere", [(each, each.replace("_", " ")) for each in others]),
    ]


class UnitForm(forms.Form):
    """A unit's name, place and time zone."""

    name = forms.CharField(label="Name", max_length=200)
    abbreviation = forms.CharField(label="Abbreviation", max_length=20, required=False)
    level = forms.ChoiceField(label="Level", choices=[("", "Choose one"), *Level.choices])
    parent = unit_choice(
        label="Stands below",
        required=False,
        empty_label="Nothing: it is a department or independent agency",
    )
    time_zone = forms.ChoiceField(
        label="Time zone",
        required=False,
        choices=time_zones,
        help_text="Days and hours in its figures are told in this zone.",
    )

    def __init__(self, *args: Any, places: QuerySet[Organization], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "parent", places.exclude(level=Level.SERVICE_CENTER))


class NewUnitForm(UnitForm):
    """A unit to add."""

    code = forms.CharField(
        label="Code",
        max_length=60,
        help_text="For survey links and posters, so it never changes. Like “portland-desk”.",
    )
    active_from = forms.DateField(label="First day", required=False, widget=Day())
    field_order = ("name", "code", "abbreviation", "level", "parent", "time_zone", "active_from")


class ChangeForm(UnitForm):
    """A unit's new name, place or time zone, from a day on."""

    on = forms.DateField(
        label="From which day?",
        widget=Day(),
        help_text="A day to come is planned and carried out by itself; the past keeps its names.",
    )

    def __init__(
        self, *args: Any, unit: Organization, places: QuerySet[Organization], **kwargs: Any
    ) -> None:
        kwargs["initial"] = {
            "name": unit.name,
            "abbreviation": unit.abbreviation,
            "level": unit.level,
            "parent": unit.parent_id,
            "time_zone": unit.time_zone,
            "on": timezone.localdate(),
        }
        elsewhere = places.exclude(path__startswith=unit.path)
        super().__init__(*args, places=elsewhere, **kwargs)
        if unit.parent_id and not places.filter(pk=unit.parent_id).exists():
            del self.fields["parent"]  # the top of what this person edits stays where it is


class FileForm(forms.Form):
    """A CSV file of units."""

    file = forms.FileField(
        label="CSV file",
        help_text="Columns: code, name, level, parent_code, abbreviation, time_zone, "
        "executive_agency, active_from, active_until. The first three are needed.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )
    on = forms.DateField(label="Changes take effect on", widget=Day())
    only_check = forms.BooleanField(
        label="Only check the file; change nothing", required=False, initial=True
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate(), "only_check": True})
        super().__init__(*args, **kwargs)

    def clean_file(self) -> str:
        """The text of the file."""
        given = self.cleaned_data["file"]
        if given.size > _LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 4 MB.")
        try:
            return str(given.read().decode("utf-8"))
        except UnicodeDecodeError as error:
            raise forms.ValidationError("The file is not text in UTF-8.") from error
