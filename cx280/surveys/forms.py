"""Checks what people type around a survey: its start, its facts, a talk with OMB, a reason."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.agencies.models import Organization
from cx280.clearance.models import Collection, CollectionKind
from cx280.services.models import JourneyStep, Service
from cx280.services.rules.vocabulary import Channel
from cx280.surveys.access import collections_for
from cx280.surveys.models import OmbDiscussion, Survey
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import LANGUAGE_NAMES, language_name
from cx280.surveys.rules.seasons import IN_ORDER, MONTHS
from cx280.surveys.rules.templates import DriverStyle
from cx280.surveys.rules.vocabulary import DiscussionKind, Level, Mode, Placement, Promise

LARGEST_FILE = 2_000_000  # bytes
# T2 needs the name of a population, which the slot then shows until somebody fills it.
TRUSTS = [
    ("T1", "This interaction increased my trust in …"),
    ("T2", "I trust … to fulfill our country’s commitment to …"),
]


def channels_of(service: Service) -> list[tuple[str, str]]:
    """The channels of the service, or all there are while it has none."""
    used = {each.channel for each in service.channels.all()}
    return [each for each in Channel.choices() if not used or each[0] in used]


class StartForm(forms.Form):
    """How a new survey starts."""

    title = forms.CharField(max_length=200, label="Name of the survey")
    channel = forms.ChoiceField(label="Where people use the service")
    style = forms.ChoiceField(
        choices=DriverStyle.choices(),
        widget=forms.RadioSelect,
        label="How to ask what drove the score",
        initial=DriverStyle.LIKERT.value,
    )
    trust = forms.ChoiceField(
        choices=TRUSTS, widget=forms.RadioSelect, label="Trust statement", initial="T1"
    )
    population = forms.CharField(
        max_length=100,
        required=False,
        label="Whom the agency serves",
        help_text="Only for the second trust statement: Veterans, taxpayers, boat owners.",
    )

    def __init__(self, service: Service, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"].choices = channels_of(service)  # type: ignore[attr-defined]
        self.initial.setdefault("title", f"{service.name} feedback")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("trust") == "T2" and not found.get("population", "").strip():
            self.add_error("population", "The second trust statement names whom it serves.")
        return found


class LanguageForm(forms.Form):
    """The language to translate into."""

    lang = forms.ChoiceField(
        choices=[
            (each, language_name(each)) for each in LANGUAGE_NAMES
            if each not in {"en", "zh"}
        ],
        label="Language",
    )  # fmt: skip


class FileForm(forms.Form):
    """A survey document from a file."""

    file = forms.FileField(label="Survey document (JSON)")

    def clean_file(self) -> Any:  # noqa: ANN401
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 2 MB, too large for a survey.")
        return file


class AboutForm(forms.Form):
    """The facts around the questions."""

    title = forms.CharField(max_length=200, label="Name of the survey, for you")
    heading_en = forms.CharField(max_length=200, label="Heading people read")
    heading_es = forms.CharField(max_length=200, required=False, label="Heading in Spanish")
    introduction_en = forms.CharField(
        required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        label="Before the questions", help_text="One sentence: what the answers are for.",
    )  # fmt: skip
    introduction_es = forms.CharField(
        required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        label="Before the questions, in Spanish",
    )  # fmt: skip
    thanks_en = forms.CharField(
        required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        label="After sending", help_text="What happens with the answers.",
    )  # fmt: skip
    thanks_es = forms.CharField(
        required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2}),
        label="After sending, in Spanish",
    )  # fmt: skip
    collection = forms.ModelChoiceField(
        queryset=Collection.objects.none(), required=False, empty_label="None yet",
        label="Approved collection", help_text="Its OMB control number covers the survey.",
    )  # fmt: skip
    channel = forms.ChoiceField(label="Where people use the service")
    mode = forms.ChoiceField(choices=Mode.choices(), label="How people answer")
    placement = forms.ChoiceField(choices=Placement.choices(), label="Where they meet the survey")
    journey_step = forms.ModelChoiceField(
        queryset=JourneyStep.objects.none(), required=False, empty_label="None",
        label="Step of the journey",
    )  # fmt: skip
    level = forms.ChoiceField(choices=Level.choices(), label="What it asks about")
    population = forms.CharField(
        required=False, max_length=200, label="Whom it asks",
        help_text="For relationship surveys: which people.",
    )  # fmt: skip
    schedule = forms.CharField(
        required=False, max_length=200, label="When it asks",
        help_text="For relationship surveys: for example each January.",
    )  # fmt: skip
    self_service = forms.BooleanField(
        required=False, label="People serve themselves: no employee is met"
    )
    hisp_reporting = forms.BooleanField(
        required=False, label="Its results go into a quarterly report to OMB"
    )
    privacy_url = forms.URLField(
        required=False, max_length=300, label="Privacy notice of the agency",
        help_text="Linked below the survey.", assume_scheme="https",
    )  # fmt: skip

    same_visit = forms.BooleanField(
        required=False,
        label="Answers may be read together with what was done on the website in the same visit",
        help_text="Shows whether people who rate you low met something else on the website. The "
        "survey then says so instead of promising to be anonymous. Only for a link on a website "
        "that cx280 measures.",
    )  # fmt: skip

    SECTIONS: tuple[tuple[str, tuple[str, ...], bool], ...] = (
        ("What it is called", ("title", "heading_en", "heading_es"), False),
        ("Where and how it asks", ("collection", "channel", "mode", "placement", "journey_step"),
         False),
        ("What it asks about", ("level", "self_service", "hisp_reporting"), False),
        ("What it promises", ("same_visit",), True),
        ("Only for a relationship survey: whom and when", ("population", "schedule"), True),
        ("Words before the questions and after sending",
         ("introduction_en", "introduction_es", "thanks_en", "thanks_es", "privacy_url"), True),
    )  # fmt: skip

    def sections(self) -> list[tuple[str, list[forms.BoundField], str]]:
        """Each heading with its fields, and how it is shown: plain, closed, or open."""
        found = []
        for title, names, is_rare in self.SECTIONS:
            fields = [self[name] for name in names]
            used = any(each.value() or each.errors for each in fields)
            found.append((title, fields, ("open" if used else "closed") if is_rare else "plain"))
        return found

    def __init__(self, survey: Survey, document: SurveyDocument, given: Any = None) -> None:  # noqa: ANN401
        super().__init__(given, initial=_initial(survey, document))
        self.fields["channel"].choices = channels_of(survey.service)  # type: ignore[attr-defined]
        collections = collections_for(survey).filter(kind=CollectionKind.SURVEY)
        self.fields["collection"].queryset = collections  # type: ignore[attr-defined]
        steps = JourneyStep.objects.filter(journey__service=survey.service)
        self.fields["journey_step"].queryset = steps.select_related("journey")  # type: ignore[attr-defined]


def _initial(survey: Survey, document: SurveyDocument) -> dict[str, Any]:
    found: dict[str, Any] = {
        "title": survey.title,
        "heading_en": document.heading(),
        "heading_es": document.titles.get("es", ""),
        "channel": survey.channel,
        "collection": survey.collection_id,
        "journey_step": survey.journey_step_id,
    }
    for name in ("mode", "placement", "level", "population", "schedule", "self_service",
                 "hisp_reporting", "privacy_url"):  # fmt: skip
        found[name] = getattr(document, name)
    found["same_visit"] = document.promise is Promise.SAME_VISIT
    for locale in ("en", "es"):
        found[f"introduction_{locale}"] = document.introductions.get(locale, "")
        found[f"thanks_{locale}"] = document.thanks.get(locale, "")
    return found


class DiscussionForm(forms.Form):
    """A talk with OMB."""

    agency = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label="Agency", empty_label=None
    )
    kind = forms.ChoiceField(choices=DiscussionKind.choices(), label="What it was about")
    survey = forms.ModelChoiceField(
        queryset=Survey.objects.none(), required=False, empty_label="Every survey of the agency",
        label="Which survey",
    )  # fmt: skip
    held_on = forms.DateField(
        label="Day of the talk", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    contact = forms.CharField(max_length=200, label="With whom at OMB")
    outcome = forms.ChoiceField(
        choices=OmbDiscussion.Outcome.choices, widget=forms.RadioSelect, label="How it ended"
    )
    note = forms.CharField(
        required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        label="What was said", help_text="The agreed wording, a link to the message.",
    )  # fmt: skip


class CloseForm(forms.Form):
    """Why a survey is closed."""

    because = forms.CharField(max_length=200, label="Why do you close it?")


class OtherCollectionForm(forms.Form):
    """A survey that runs in another system."""

    agency = forms.ModelChoiceField(
        queryset=Organization.objects.none(), label="Agency", empty_label=None
    )
    title = forms.CharField(max_length=200, label="Name of the survey")
    service = forms.ModelChoiceField(
        queryset=Service.objects.none(), required=False, empty_label="The agency as a whole",
        label="What it asks about",
    )  # fmt: skip
    level = forms.ChoiceField(choices=Level.choices(), label="Level")
    timing = forms.CharField(max_length=200, label="When it asks")
    population = forms.CharField(max_length=200, label="Whom it asks")
    control_number = forms.RegexField(
        r"^\d{4}-\d{4}$", required=False, label="OMB control number",
        error_messages={"invalid": "Write the number as NNNN-NNNN."},
    )  # fmt: skip
    expires_on = forms.DateField(
        required=False, label="Last day of its clearance",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    ended_on = forms.DateField(
        required=False, label="Last day it asks", help_text="Blank while it runs.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    months = forms.TypedMultipleChoiceField(
        required=False, coerce=int, label="Months in which it asks",
        choices=[(each, MONTHS[each - 1]) for each in IN_ORDER],
        widget=forms.CheckboxSelectMultiple,
        help_text="None chosen: as the words say, or all year.",
    )  # fmt: skip
    people = forms.IntegerField(
        required=False, min_value=1, max_value=10**10, label="People it could ask in a year",
        help_text="Blank where nobody knows.",
    )  # fmt: skip
    invited = forms.FloatField(
        required=False, min_value=0, max_value=36_600,
        label="Invitations in a year, of 100 of them",
        help_text="25 where every fourth is asked; 200 where each is asked twice.",
    )  # fmt: skip
    answering = forms.FloatField(
        required=False, min_value=0, max_value=100, label="Answers, of 100 invitations",
        help_text="Blank where nobody knows; then the hours are the most it can take.",
    )  # fmt: skip
    minutes = forms.DecimalField(
        required=False, min_value=0, max_value=999, decimal_places=1, label="Minutes of one answer"
    )

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for name in ("invited", "answering"):
            if found.get(name) is not None:
                found[name] = found[name] / 100
        return found


class WeightsForm(forms.Form):
    """How much each factor counts when services are put in order; in any unit."""

    customers = forms.FloatField(min_value=0, max_value=1000, initial=1, label="Customers")
    cost = forms.FloatField(min_value=0, max_value=1000, initial=1, label="Cost")
    priority = forms.FloatField(min_value=0, max_value=1000, initial=1, label="Priority")


class ImpactForm(forms.Form):
    """What a service costs, and how much it matters to people."""

    cost = forms.DecimalField(
        required=False, min_value=0, max_digits=15, decimal_places=2, label="Cost in a year, in $"
    )
    priority = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, label="How much it matters to customers",
        choices=[("", "Not known"), *((n, words) for n, words in enumerate(
            ("1: little", "2", "3: as most", "4", "5: much depends on it"), start=1))],
    )  # fmt: skip
    source = forms.CharField(
        max_length=200, label="Who says so", help_text="A budget, a study, complaints, interviews."
    )
