"""Kinds of input of telemetry's forms: lists, steps, names, values."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms

from cx280.telemetry.rules.markup import key_of

NAME = re.compile(r"[a-z0-9_.:-]{1,64}")
KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
NAME_HINT = "Small letters, digits and _ . : - only."


class Lines(forms.CharField):
    """A list, one a line; what comes out is a list of words without repeats."""

    widget = forms.Textarea(attrs={"rows": 3})

    def __init__(self, pattern: re.Pattern[str] | None = None, **options: Any) -> None:
        super().__init__(required=False, max_length=5000, **options)
        self.pattern = pattern

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  # Django's own signature
        """The list as the text area shows it."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # noqa: ANN401
        """The lines; an error names the first that cannot be used."""
        said = [each.strip() for each in super().clean(value).splitlines()]
        found = list(dict.fromkeys(each for each in said if each))
        for each in found:
            if self.pattern and not self.pattern.fullmatch(each):
                raise forms.ValidationError(f"“{each}” cannot be used. {NAME_HINT}")
        return found


class Steps(forms.CharField):
    """The steps of a flow, one a line, `Payment` or `pay: Payment`; comes out as [[key, name], …].

    A line without a key gets one made of its words.
    """

    widget = forms.Textarea(attrs={"rows": 5})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """The steps as the text area shows them."""
        if isinstance(value, list):
            return "\n".join(f"{key}: {name}" for key, name in value)
        return value

    def clean(self, value: Any) -> list[list[str]]:  # noqa: ANN401
        """The steps in order; an error for a key that cannot be used or stands twice."""
        steps: list[list[str]] = []
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            key, colon, name = (each.strip() for each in line.partition(":"))
            if not colon:
                key, name = key_of(key), key
            if not NAME.fullmatch(key):
                raise forms.ValidationError(f"“{key or line.strip()}” cannot be a key. {NAME_HINT}")
            if key in {known for known, _ in steps}:
                raise forms.ValidationError(f"The step “{key}” stands there twice. Leave one out.")
            steps.append([key, name or key])
        return steps


class Threshold(forms.DecimalField):
    """A value at which something is done, shown without the noughts behind it."""

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401
        """`60` for 60.000; what was typed as it was typed."""
        return f"{value:f}".rstrip("0").rstrip(".") if isinstance(value, Decimal) else value
