"""What people say of a new kiosk."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms

from cx280.agencies.models import Organization


class KioskForm(forms.Form):
    """A kiosk to be set up."""

    rule = "280.10-k5"

    unit = forms.ChoiceField(label="In which office does it stand?")
    name = forms.CharField(
        label="Where in it?", max_length=60, help_text="Like “Exit, left”, so that you find it."
    )
    takes_words = forms.BooleanField(
        label="People may type comments on it",
        required=False,
        help_text="Others in the room can read along, and somebody may leave it half typed.",
    )

    def __init__(self, *args: object, units: Iterable[Organization], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self._units = {each.code: each for each in units}
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - for the type alone
        field.choices = [(each.code, each.name) for each in self._units.values()]

    def clean_unit(self) -> Organization:
        """The office itself."""
        return self._units[self.cleaned_data["unit"]]
