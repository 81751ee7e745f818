"""A bound Django field as the parts that USWDS markup needs: label, hint, error, input."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.forms.widgets import Input
from django.utils.safestring import SafeString

INPUT_CLASS = {
    forms.Textarea: "usa-textarea",
    forms.SelectMultiple: "usa-select",
    forms.Select: "usa-select",
    forms.FileInput: "cx-file",
    Input: "usa-input",
}


class DayInput(forms.DateInput):
    """The browser's own date picker; what it sends, and is given, is written 2022-01-28."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def parts(bound: BoundField, *, hint: str = "", label: str = "") -> dict[str, Any]:
    """What `pages/field.html` shows of one input; `kind` says which markup."""
    hint = hint or str(bound.help_text or "")
    said = " ".join(
        each for each in (
            f"{bound.auto_id}_hint" if hint else "",
            f"{bound.auto_id}_error" if bound.errors else "",
        ) if each
    )  # fmt: skip
    kind = _kind(bound.field.widget)
    return {
        "bound": bound,
        "kind": kind,
        "id": bound.id_for_label or bound.auto_id,
        "base": bound.auto_id,
        "label": label or bound.label,
        "hint": hint,
        "described_by": said,
        "errors": [str(each) for each in bound.errors],
        "required": bound.field.required,
        "choices": list(bound.subwidgets) if kind in {"radios", "checkboxes"} else [],
        "input": _input(bound, said) if kind in {"input", "checkbox"} else "",
    }


def _kind(widget: forms.Widget) -> str:
    """hidden, checkbox, radios, checkboxes or input."""
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "checkbox"
    if isinstance(widget, forms.CheckboxSelectMultiple):
        return "checkboxes"
    if isinstance(widget, forms.RadioSelect):
        return "radios"
    return "input"


def _input(bound: BoundField, described_by: str) -> SafeString:
    """The input itself with its USWDS class, told which hint and error describe it."""
    widget = bound.field.widget
    known = next((name for kind, name in INPUT_CLASS.items() if isinstance(widget, kind)), "")
    name = "usa-checkbox__input" if isinstance(widget, forms.CheckboxInput) else known
    given = str(widget.attrs.get("class", ""))
    attributes: dict[str, Any] = {"class": f"{name} {given}".strip()}
    if bound.errors:
        attributes["class"] += " usa-input--error"
    attributes["aria-describedby"] = described_by or None
    if not described_by:
        del attributes["aria-describedby"]
    return bound.as_widget(attrs=attributes)


def problems(form: BaseForm) -> list[dict[str, str]]:
    """Every error of the form with the id of the input it belongs to, in the form's order."""
    found = [{"id": "", "label": "", "text": str(each)} for each in form.non_field_errors()]
    for bound in form:
        target = bound.id_for_label or f"{bound.auto_id}_0"
        found += [
            {"id": target, "label": str(bound.label or ""), "text": str(each)}
            for each in bound.errors
        ]
    return found
