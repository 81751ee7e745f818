"""What people write about life experiences."""

from __future__ import annotations

from django import forms

from cx280.accounts.forms import Day
from cx280.agencies.models import Organization
from cx280.life_experiences.rules.vocabulary import Level, Progress
from cx280.services.models import Service


class ExperienceForm(forms.Form):
    """A life experience as OMB describes it."""

    name = forms.CharField(label="What do people go through?", max_length=200,
                           help_text="“Recovering from a flood”")  # fmt: skip
    code = forms.SlugField(label="Code for addresses", max_length=60, help_text="flood-recovery")
    story = forms.CharField(
        label="How is it for them?", required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="In their situation, in a few sentences.",
    )  # fmt: skip
    lead: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        Organization.objects.none(), label="Lead agency", required=False,
        empty_label="Not chosen yet",
    )  # fmt: skip
    governance = forms.CharField(
        label="Who leads it at OMB and the President’s Management Council?", required=False,
        max_length=300, help_text="Offices rather than names: it is public.",
    )  # fmt: skip
    designated_on = forms.DateField(
        label="Designated on", widget=Day, required=False,
        help_text="From then on everybody can read it.",
    )  # fmt: skip
    ended_on = forms.DateField(label="Ended on", widget=Day, required=False)
    charter_url = forms.URLField(
        label="Where is the charter?", required=False, assume_scheme="https",
        help_text="An address at Performance.gov.",
    )  # fmt: skip
    charter_published_on = forms.DateField(label="Charter published on", widget=Day, required=False)


class MemberForm(forms.Form):
    """Who takes part."""

    agency: forms.ModelChoiceField[Organization] = forms.ModelChoiceField(
        Organization.objects.none(),
        label="Agency",
        required=False,
        empty_label="Somebody else",
    )
    name = forms.CharField(label="Or somebody else, by name", max_length=200, required=False)
    level = forms.ChoiceField(label="Level of government", choices=Level.choices())
    task = forms.CharField(label="What they do in it", max_length=200, required=False)


class ServiceForm(forms.Form):
    """A service that people need on the way."""

    service: forms.ModelChoiceField[Service] = forms.ModelChoiceField(
        Service.objects.none(), label="Service", empty_label=None
    )
    need = forms.CharField(label="What do people need it for?", max_length=300)


class MilestoneForm(forms.Form):
    """What is to be reached, by when."""

    name = forms.CharField(label="What is to be reached?", max_length=300)
    due = forms.DateField(label="By which day?", widget=Day)


class ProgressForm(forms.Form):
    """How far a milestone is."""

    progress = forms.ChoiceField(label="How far is it?", choices=Progress.choices())
    done_on = forms.DateField(label="If done: on which day?", widget=Day, required=False)
