"""What people write in assessments and registers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html

from cx280.accounts.forms import Day, unit_choice
from cx280.agencies.models import Organization
from cx280.capacity.models import Answer
from cx280.capacity.rules.facts import Known
from cx280.capacity.rules.shapes import Shape
from cx280.capacity.rules.templates import Practice, Template
from cx280.capacity.rules.vocabulary import Proof, Said
from cx280.plans.models import Action
from cx280.services.models import Hisp, Service

# What a browser sent, or nothing.
Given = QueryDict | None

_GIVEN = [each for each in Proof.choices() if each[0] != Proof.KNOWN.value]
# What is not written by hand and so never tells that something was changed.
_NOT_WRITTEN = {"seen", "kind"}
_LONGEST = {"what": 300, "who": 120, "address": 500}


class BeginForm(forms.Form):
    """Which assessment, or which reflection, to begin."""

    subject = forms.ChoiceField(label="Whose?")
    fiscal_year = forms.IntegerField(label="Fiscal year", min_value=2022, max_value=2100)

    def __init__(
        self, data: Given, *, hisps: Sequence[Hisp], agencies: Sequence[Organization], **given: Any
    ) -> None:  # fmt: skip
        super().__init__(data, **given)
        self.fields["subject"].choices = [  # type: ignore[attr-defined]
            *((f"hisp:{each.code}", f"{each.name}: Capacity Assessment") for each in hisps),
            *((f"agency:{each.code}", f"{each.name}: yearly reflection") for each in agencies),
        ]


class SaidForm(forms.Form):
    """What every answer has: words, and the revision somebody had before them."""

    words = forms.CharField(required=False, max_length=8000)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput, initial=0)

    @property
    def is_changed(self) -> bool:
        """Whether somebody wrote something."""
        return any(name not in _NOT_WRITTEN for name in self.changed_data)


class WordsForm(SaidForm):
    """Words about a function or a component, and whether what cx280 knows is confirmed."""

    confirmed = forms.BooleanField(
        label="What cx280 knows here is right, and we say so", required=False
    )

    def __init__(
        self, data: Given, *, code: str, label: str, help_text: str, row: Answer | None,
        known: Sequence[Known],
    ) -> None:  # fmt: skip
        initial = (
            {"words": row.words, "confirmed": row.confirmed, "seen": row.revision} if row else {}
        )
        super().__init__(data, prefix=code, initial=initial)
        rows = forms.Textarea(attrs={"rows": 4})
        self.fields["words"] = forms.CharField(
            label=label, help_text=help_text, required=False, max_length=8000, widget=rows
        )
        if not known:
            del self.fields["confirmed"]


class PracticeForm(SaidForm):
    """A level or “not evidenced”, what makes somebody say so, and what shows it."""

    field_order = ("level", "words", "known", "drop", "kind", "shown", "address", "seen")
    level = forms.ChoiceField(label="Where are we?", required=False, widget=forms.RadioSelect)
    words = forms.CharField(
        label="What makes you say so?", required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    known = forms.MultipleChoiceField(
        label="Known from cx280. Mark what shows your level.", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    drop = forms.MultipleChoiceField(
        label="Evidence given. Mark what to take away.", required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    kind = forms.ChoiceField(label="Add evidence: what kind?", choices=_GIVEN, required=False)
    shown = forms.CharField(label="What does it show?", max_length=300, required=False)
    address = forms.CharField(
        label="Where can it be looked up?", max_length=500, required=False,
        help_text="The address of a page or a document.",
    )  # fmt: skip

    def __init__(
        self, data: Given, *, practice: Practice, template: Template, row: Answer | None,
        known: Sequence[Known],
    ) -> None:  # fmt: skip
        super().__init__(data, prefix=practice.code, initial=_initial(row))
        names = zip(template.levels, practice.levels, strict=True)
        self.fields["level"].choices = [  # type: ignore[attr-defined]
            ("", "Not answered yet"),
            *((str(step.value), f"{step.value}, {step.name}: {seen}") for step, seen in names),
            (Said.NOT_EVIDENCED.value, "Not evidenced: we may be there, and nothing shows it"),
        ]
        given = list(row.evidence.all()) if row else []
        there = {each.words for each in given}
        _choose(self, "known", [(str(at), _as_of(each)) for at, each in enumerate(known)
                                if each.words[:300] not in there])  # fmt: skip
        _choose(self, "drop", [(str(each.pk), f"{each.get_kind_display()}: {each.words}")
                               for each in given])  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """An address without words, or evidence without a level, is told beside it."""
        found = super().clean() or {}
        if found.get("address") and not found.get("shown"):
            self.add_error("shown", "Say what it shows.")
        adds = found.get("shown") or found.get("known") or found.get("words")
        if adds and not found.get("level"):
            self.add_error("level", "Choose a level, or “Not evidenced”.")
        return found


def _as_of(known: Known) -> str:
    """What is known, its day, and the way to it."""
    day = f"{known.as_of:%B} {known.as_of.day}, {known.as_of.year}"
    return format_html('{} (as of {}, <a href="{}">see it</a>)', known.words, day, known.address)


def _choose(form: forms.Form, name: str, choices: list[tuple[str, str]]) -> None:
    if choices:
        form.fields[name].choices = choices  # type: ignore[attr-defined]
    else:
        del form.fields[name]


def _initial(row: Answer | None) -> dict[str, Any]:
    if row is None:
        return {"level": "", "kind": _GIVEN[0][0]}
    level = str(row.level) if row.said == Said.LEVEL else row.said
    return {"level": level, "words": row.words, "seen": row.revision, "kind": _GIVEN[0][0]}


class NoInitiativeForm(forms.Form):
    """That there is no step to greater maturity, and why."""

    because = forms.CharField(
        label="If nothing is underway or planned: why?", max_length=500, required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class BecauseForm(forms.Form):
    """Why an assessment is opened again."""

    because = forms.CharField(label="Why is it opened again?", max_length=500)


class EntryForm(forms.Form):
    """One line of a register, with the fields its shape asks for."""

    organization = unit_choice(label="Which unit?", empty_label="Choose one")
    fiscal_year = forms.IntegerField(label="Fiscal year", min_value=2018, max_value=2100)

    def __init__(
        self, data: Given, *, shape: Shape, services: Iterable[Service], actions: Iterable[Action],
        **given: Any,
    ) -> None:  # fmt: skip
        super().__init__(data, **given)
        linked: dict[str, list[Any]] = {"service": list(services), "action": list(actions)}
        for name, (label, hint) in shape.asked.items():
            if name == "action" and not linked["action"] and name not in shape.required:
                continue  # an agency without a plan is not asked of one
            field = _field(name, shape, linked.get(name, []))
            field.label, field.help_text = label, hint
            field.required = name in shape.required
            self.fields[name] = field

    def asked(self, shape: Shape) -> dict[str, Any]:
        """What was written, by the model’s fields; what was left blank is left out."""
        found = {name: self.cleaned_data.get(name) for name in shape.asked}
        return {name: value for name, value in found.items() if value not in (None, "")}


def _field(name: str, shape: Shape, linked: list[Any]) -> forms.Field:
    if name in shape.choices:
        blank = [] if name in shape.required else [("", "Not said")]
        return forms.ChoiceField(choices=[*blank, *shape.choices[name]])
    if name in {"service", "action"}:
        rows = {str(each.pk): each for each in linked}
        choices = [("", "None"), *((key, str(each)) for key, each in rows.items())]
        return forms.TypedChoiceField(choices=choices, coerce=rows.get, empty_value=None)
    if name == "on":
        return forms.DateField(widget=Day)
    if name == "amount":
        return forms.DecimalField(min_value=0, max_digits=16, decimal_places=2)
    if name == "release":
        return forms.IntegerField(min_value=1, max_value=2_147_483_647)
    if name == "shared":
        return forms.BooleanField()
    if name == "words":
        return forms.CharField(max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    return forms.CharField(max_length=_LONGEST[name])
