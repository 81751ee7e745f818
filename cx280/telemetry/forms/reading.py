"""What programs send goes through the forms that people fill in: one set of checks for both."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict

from cx280.kernel.problem import Unusable


def written(kind: type[forms.Form], values: Mapping[str, Any]) -> QueryDict:
    """The values as a browser would send them to a form of that kind; None is an empty field."""
    data = QueryDict(mutable=True)
    for name, field in kind.base_fields.items():
        value = field.prepare_value(values.get(name))
        if value is not None:
            data[name] = str(value)
    return data


def cleaned(
    form: forms.Form, within: str = "", called: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """What the form makes of what it was given; Unusable names the first field that is wrong.

    within: where the form stands in a larger document, like `questions[0]`; called: what that
    document calls fields of the form.
    """
    if form.is_valid():
        return form.cleaned_data
    name, faults = next(iter(form.errors.items()))
    own = (called or {}).get(name, name) if name in form.fields else ""
    field = ".".join(each for each in (within, own) if each)
    told = f"{field}: {faults[0]}" if field else str(faults[0])
    raise Unusable(told, field=field or None, rule=getattr(form, "rule", None))
