"""What people write about journeys and their steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from cx280.accounts.forms import offer, unit_choice
from cx280.agencies.models import Organization
from cx280.journeys.access import owners_to_name
from cx280.journeys.rules.record import LONG, NAME, SHORT, StepRecord
from cx280.journeys.rules.vocabulary import FEELINGS
from cx280.plans.models import PainPoint
from cx280.services.models import Service
from cx280.services.rules.vocabulary import Channel, Stage, TransactionType
from cx280.surveys.models import Survey
from cx280.telemetry.models import Flow

_MOST_BYTES = 1024 * 1024


def _long(rows: int = 2, **options: Any) -> forms.CharField:
    return forms.CharField(
        required=False, max_length=LONG, widget=forms.Textarea(attrs={"rows": rows}), **options
    )


class BeginForm(forms.Form):
    """A new journey, with its two ends."""

    name = forms.CharField(label="Name of the journey", max_length=NAME)
    occasion = forms.CharField(
        label="It starts when", max_length=NAME, help_text="Like “buys a boat”."
    )
    outcome = forms.CharField(
        label="It ends when", max_length=NAME, help_text="Like “has the permit in hand”."
    )


class AboutForm(forms.Form):
    """The journey as a whole."""

    name = forms.CharField(label="Name of the journey", max_length=NAME)
    goal = _long(label="What does the customer want to reach?")
    customers = forms.CharField(
        label="Which customers?", max_length=NAME, required=False,
        help_text="Like “new boat owners who rent in a city”.",
    )  # fmt: skip
    revision = forms.IntegerField(widget=forms.HiddenInput)


class FileForm(forms.Form):
    """A journey in a file of ours."""

    file = forms.FileField(
        label="File", help_text="A journey downloaded here, as JSON, page (HTML) or picture (SVG)."
    )

    def clean_file(self) -> str:
        """The text in the file."""
        given = self.cleaned_data["file"]
        if given.size > _MOST_BYTES:
            raise forms.ValidationError("The file is larger than a journey can be: 1 MB.")
        held: bytes = given.read()
        try:
            return held.decode("utf-8-sig")
        except UnicodeDecodeError:
            raise forms.ValidationError("This is not a text file in UTF-8.") from None


class QuickForm(forms.Form):
    """A step by its name alone: the rest can be told later."""

    step = forms.CharField(label="What does the customer do next?", max_length=NAME)


class StepForm(forms.Form):
    """A step with all its lanes."""

    name = forms.CharField(label="What the customer does", max_length=NAME)
    thinks = _long(label="What the customer thinks or feels")
    feeling = forms.TypedChoiceField(
        label="How does it feel?", coerce=int, required=False, empty_value=None,
        choices=[("", "Nobody said yet"), *FEELINGS.items()],
    )  # fmt: skip
    source = forms.CharField(
        label="Who says so?", max_length=SHORT, required=False,
        help_text="Like “12 interviews, May 2022”. Without a source no feeling is drawn.",
    )  # fmt: skip
    channel = forms.ChoiceField(
        label="Channel", choices=[("", "None, or any"), *Channel.choices()], required=False
    )
    front_stage = _long(label="What staff do in front of the customer")
    back_stage = _long(label="What happens behind")
    systems = _long(
        3, label="Systems it stands on", help_text="One a line. New ones join the service’s tools."
    )
    policy = _long(label="Policy that shapes it")
    owner = unit_choice(
        label="Who owns the step?", required=False, empty_label="The owner of the service"
    )
    service = forms.CharField(
        label="Of which service is it there?", max_length=SHORT, required=False,
        help_text="For a step of another agency: the name they use.",
    )  # fmt: skip
    shared = forms.BooleanField(
        label="Other agencies with a step in this journey may read this step", required=False,
        help_text="They see its lanes, never the figures.",
    )  # fmt: skip
    stage = forms.ChoiceField(label="Part of the journey", choices=Stage.choices())
    transaction_type = forms.ChoiceField(
        label="Kind of interaction", required=False,
        choices=[("", "None: nobody meets the agency here"), *TransactionType.choices()],
        help_text="One of the Circular’s six. Every step of the process has one.",
    )  # fmt: skip
    moment = _long(
        label="If this is a moment that matters, why?",
        help_text="People judge the whole service by it. Leave it empty for other steps.",
    )
    surveys = forms.MultipleChoiceField(
        label="Surveys that ask about it", widget=forms.CheckboxSelectMultiple, required=False
    )
    pain_points = forms.MultipleChoiceField(
        label="Pain points", widget=forms.CheckboxSelectMultiple, required=False
    )
    flow = forms.ChoiceField(label="Step of a website", required=False)
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(
        self, service: Service, owner: Organization | None, *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        now = Organization.objects.filter(pk__in=[owner.pk] if owner else [])
        offer(self, "owner", owners_to_name(service) | now)
        surveys = Survey.objects.filter(service=service).order_by("title")
        points = PainPoint.objects.filter(service=service)
        flows = Flow.objects.filter(service=service)
        self._choose("surveys", [(each.code, each.title) for each in surveys])
        self._choose("pain_points", [(each.words, each.words) for each in points])
        steps = [one for each in flows for one in _flow_choices(each)]
        self._choose("flow", [("", "None"), *steps] if steps else [])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  # for the type checker
        field.choices = choices
        if not choices:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A feeling names its source."""
        cleaned = super().clean() or {}
        if cleaned.get("feeling") is not None and not cleaned.get("source"):
            self.add_error("source", "Say who says how it feels.")
        return cleaned

    def clean_systems(self) -> list[str]:
        """The systems, one a line."""
        lines = [each.strip() for each in self.cleaned_data["systems"].splitlines()]
        named = list(dict.fromkeys(each for each in lines if each))
        if any(len(each) > NAME for each in named):
            raise forms.ValidationError(f"Write at most {NAME} characters in a line.")
        return named

    def record(self, before: StepRecord) -> StepRecord:
        """The step as written; what the form does not offer stays as it was."""
        given = dict(self.cleaned_data)
        given.pop("revision")
        flow, _, flow_step = given.pop("flow", _flow_value(before)).partition("|")
        owner = given.pop("owner")
        texts = {name: _plain(value) for name, value in given.items()}
        return StepRecord(
            **{
                "surveys": before.surveys, "pain_points": before.pain_points,
                **texts, "flow": flow, "flow_step": flow_step,
                "owner": owner.code if owner else "",
            }
        )  # fmt: skip


def _plain(value: object) -> object:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n")
    return tuple(sorted(value)) if isinstance(value, list) else value


def _flow_value(step: StepRecord) -> str:
    return f"{step.flow}|{step.flow_step}" if step.flow else ""


def _flow_choices(flow: Flow) -> list[tuple[str, str]]:
    steps = [(f"{flow.key}|{key}", f"{flow.name}: {name}") for key, name in flow.steps]
    return [*steps, (f"{flow.key}|", f"{flow.name}: the end")]


def values_of(step: StepRecord, owner: int | None) -> Mapping[str, Any]:
    """The step as the form shows it."""
    same = {field: getattr(step, field) for field in StepRecord.__struct_fields__}
    return {
        **same, "owner": owner, "systems": "\n".join(step.systems), "flow": _flow_value(step),
        "surveys": list(step.surveys), "pain_points": list(step.pain_points),
    }  # fmt: skip
