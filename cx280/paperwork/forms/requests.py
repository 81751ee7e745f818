"""The request as a form: every field may stay empty, so that a draft can always be saved."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.forms import BoundField

from cx280.accounts.forms import Day
from cx280.clearance.models import Clearance
from cx280.paperwork.checks.missing import FIELDS
from cx280.paperwork.rules.answers import (
    MOST_MINUTES,
    MOST_MONEY,
    MOST_PEOPLE,
    Answers,
    read_answers,
)
from cx280.paperwork.rules.vocabulary import (
    Activity,
    Category,
    Certification,
    Reported,
    Way,
    YesNo,
)

_LONGEST = 20_000
_TEXTS = (
    "title", "purpose", "other_way", "who", "selection", "asked", "looks", "materials", "when",
    "incentive_details", "burden_basis", "certification_notes", "preparer_name", "preparer_email",
)  # fmt: skip


def _long(label: str, hint: str = "", rows: int = 3) -> forms.CharField:
    area = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, help_text=hint, required=False, max_length=_LONGEST, widget=area
    )


def _one(label: str, words: Any, hint: str = "") -> forms.ChoiceField:  # noqa: ANN401
    return forms.ChoiceField(
        label=label, help_text=hint, required=False, choices=words.choices(),
        widget=forms.RadioSelect,
    )  # fmt: skip


def _money(label: str, hint: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=hint, required=False, min_value=0, max_value=MOST_MONEY,
        decimal_places=2,
    )  # fmt: skip


class RequestForm(forms.Form):
    """The fields of the template, then a row of the burden table and a certification each."""

    use_required_attribute = False

    title = forms.CharField(label="Title", required=False, max_length=300)
    purpose = _long(
        "Purpose", "What do you hope to learn, how will you use it, what do the data feed?", 5
    )
    activity = _one("Type of activity", Activity)
    reported = _one(
        "Do results go into the quarterly report of Section 280?", Reported,
        "The template says “reported to Touchpoints”.",
    )  # fmt: skip
    ways = forms.MultipleChoiceField(
        label="How is it collected?", required=False, choices=Way.choices(),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    other_way = forms.CharField(
        label="Which other way?", required=False, max_length=300, help_text="If you checked Other."
    )
    who = _long("Whom do you ask?", "And why are they the right people?")
    selection = _long("How are they selected?", "Everybody, or a sample and how it is drawn.")
    asked = _long("How are they asked?", "Where do people meet the request?")
    looks = _long("What does it look like?", "Layout, length, format; who moderates.")
    materials = _long(
        "Instructions, scripts and other instruments",
        "A survey’s questions are added by themselves. Paste what else people read or hear.", 4,
    )  # fmt: skip
    when = _long("When does it happen?", rows=2)
    incentive = _one("Is an incentive given?", YesNo, "Money, expenses paid, a token.")
    incentive_details = _long("What is given, and why is it needed?", "Only with an incentive.")
    burden_basis = _long("How was the burden estimated?")
    federal_cost = _money("Cost to the Federal Government for a year, in dollars", "0 is an answer")
    respondent_cost = _money(
        "Cost to all respondents for a year, in dollars", "Besides their time. 0 is an answer"
    )
    certification_notes = _long("If you answered no: why?", rows=2)
    preparer_name = forms.CharField(
        label="Name of who developed it", required=False, max_length=300
    )
    preparer_email = forms.EmailField(label="Email address", required=False, max_length=254)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for each in Category:
            note = "" if each.counts else " (not counted)"
            self.fields[f"respondents_{each}"] = forms.IntegerField(
                label=f"{each.label}{note}: respondents", required=False, min_value=0,
                max_value=MOST_PEOPLE,
            )  # fmt: skip
            self.fields[f"minutes_{each}"] = forms.DecimalField(
                label=f"{each.label}{note}: minutes for each", required=False, min_value=0,
                max_value=MOST_MINUTES, decimal_places=2,
            )  # fmt: skip
        for certified in Certification:
            self.fields[f"certification_{certified}"] = _one(certified.label, YesNo)

    def mark_needed(self) -> None:
        """Shows as needed what a signature needs; called once the typed is checked and kept."""
        for name in (*FIELDS, *(f"certification_{each}" for each in Certification)):
            self.fields[name].required = True

    def part(self, *names: str) -> Iterator[BoundField]:
        """Some of the fields, in this order."""
        return (self[each] for each in names)

    def sections(self) -> list[tuple[str, str, list[BoundField]]]:
        """(heading, its id, fields) in the order of the template, but for the burden table."""
        return [(title, anchor, list(self.part(*names))) for title, anchor, names in _SECTIONS]

    def rows(self) -> list[tuple[Category, BoundField, BoundField]]:
        """The burden table: category, respondents, minutes."""
        return [(each, self[f"respondents_{each}"], self[f"minutes_{each}"]) for each in Category]

    def certifications(self) -> list[BoundField]:
        """The eight, in the order of the template."""
        return [self[f"certification_{each}"] for each in Certification]


_SECTIONS = (
    ("What is it, and what is it for?", "what", ("title", "purpose", "activity", "reported")),
    ("Whom do you ask, and how?", "how",
     ("ways", "other_way", "who", "selection", "asked", "looks", "materials", "when")),
    ("Is anything given for it?", "incentive", ("incentive", "incentive_details")),
)  # fmt: skip


def answers_of(typed: dict[str, Any]) -> Answers:
    """The answers as the form took them; cleaned data in, so nothing is lost between the two."""
    plain: dict[str, Any] = {name: str(typed.get(name) or "") for name in _TEXTS}
    for name in ("activity", "reported", "incentive"):
        plain[name] = typed.get(name) or None
    plain["ways"] = list(typed.get("ways") or [])
    for name in ("federal_cost", "respondent_cost"):
        cost = typed.get(name)
        plain[name] = None if cost is None else str(cost)
    plain["burden"] = [
        {"category": each.value, "respondents": people or 0, "minutes": str(taken or 0)}
        for each in Category
        if (people := typed.get(f"respondents_{each}")) is not None
        or typed.get(f"minutes_{each}") is not None
        for taken in [typed.get(f"minutes_{each}")]
    ]
    plain["certifications"] = {
        each.value: said for each in Certification if (said := typed.get(f"certification_{each}"))
    }
    return read_answers(plain)


def typed_of(answers: Answers) -> dict[str, Any]:
    """The answers as the form shows them."""
    shown: dict[str, Any] = {name: getattr(answers, name) for name in _TEXTS}
    for name in ("activity", "reported", "incentive", "federal_cost", "respondent_cost"):
        shown[name] = getattr(answers, name)
    shown["ways"] = [each.value for each in answers.ways]
    for row in answers.burden:
        shown[f"respondents_{row.category}"] = row.respondents
        shown[f"minutes_{row.category}"] = _short(row.minutes)
    for each in Certification:
        shown[f"certification_{each}"] = answers.certified(each) or ""
    return shown


def _short(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class ClearanceChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A choice among clearances, with number and last day."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401
        """`1094-0123, Customer experience umbrella, until Jan 1, 2030`."""
        day = obj.expires_on
        return f"{obj.control_number}, {obj.title}, until {day:%b} {day.day}, {day.year}"


class StartForm(forms.Form):
    """Under which clearance to ask."""

    clearance = ClearanceChoice(
        label="Under which clearance?", queryset=Clearance.objects.none(), empty_label=None,
        widget=forms.RadioSelect,
    )  # fmt: skip

    def __init__(self, among: Any, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **kwargs)
        field = self.fields["clearance"]
        if isinstance(field, ClearanceChoice):
            field.queryset = among
        first = among.first()
        if first is not None:
            self.initial.setdefault("clearance", first.pk)


class StepForm(forms.Form):
    """When a step happened and what was said."""

    on = forms.DateField(label="Day", widget=Day())
    note = forms.CharField(
        label="What was said", required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
