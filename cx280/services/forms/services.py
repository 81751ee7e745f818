"""What people type about services, checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.utils.html import format_html

from cx280.accounts.forms import Day, offer, unit_choice
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.circular.edition import edition
from cx280.circular.implements import implements
from cx280.services.access import has_provider, hisps_where, units_to_own
from cx280.services.models import Hisp, Service
from cx280.services.rules.facts import OTHER_TYPE
from cx280.services.rules.vocabulary import (
    Channel,
    CustomerType,
    InteractionPath,
    OccasionKind,
    PerformerKind,
    ProcessKind,
    ReviewOutcome,
    TransactionType,
)

CHOOSE = ("", "Choose one")


def long_text(rows: int = 3, **options: Any) -> forms.CharField:
    """A text of several lines."""
    options.setdefault("max_length", 5000)
    return forms.CharField(widget=forms.Textarea(attrs={"rows": rows}), required=False, **options)


@implements(
    "280.4-e2",
    "280.4-e3",
    "280.4-e4",
    "280.4-e5",
    "280.4-e6",
    "280.4-e7",
    "280.4-e8",
    "280.4-e9",
)
def type_choices() -> list[tuple[str, Any]]:
    """The service types of the edition, each with its help text beside it; then `other`."""
    with_help = '{}<span class="usa-radio__label-description">{}</span>'
    known = [
        (each.code, format_html(with_help, each.name, each.help))
        for each in edition(settings.CX280_EDITION).service_types
    ]
    other = format_html(with_help, "Other", "None of the seven fits. Say why below.")
    return [*known, (OTHER_TYPE, other)]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the form with its fields, and those that few services need."""

    title: str
    fields: tuple[str, ...]
    rare_title: str = ""
    rare: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A section as the page draws it."""

    title: str
    anchor: str
    fields: list[forms.BoundField]
    rare_title: str
    rare: list[forms.BoundField]
    is_open: bool


@implements("280.4-d1")
class ServiceForm(forms.Form):
    """The facts of a service, in the sections of the page."""

    SECTIONS = (
        Section("What it is", ("name", "owner", "description", "website", "hisp")),
        Section(
            "Occasion and offering",
            ("occasion", "offering", "outcome"),
            "How the occasion is told, and how it runs in between",
            ("occasion_kind", "process_kind"),
        ),
        Section("Its type", ("service_type", "service_type_reason", "transaction_type")),
        Section("Who can use it", ("eligible_population", "accessible_methods")),
        Section(
            "Digital and traditional",
            (),
            "Only if it is not digital, or has no traditional channel",
            (
                "why_not_digital",
                "digital_potential",
                "traditional_exemption",
                "traditional_exemption_by",
            ),
        ),
    )

    name = forms.CharField(label="Name", max_length=200, help_text="What the public calls it.")
    owner = unit_choice(label="Responsible unit", help_text="One unit answers for the service.")
    description = forms.CharField(
        label="Description",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="One or two sentences: what people get, and from whom.",
    )
    website = forms.URLField(label="Website", required=False, assume_scheme="https")
    hisp = forms.ModelChoiceField(
        Hisp.objects.none(),
        label="High-Impact Service Provider",
        required=False,
        empty_label="None",
    )
    occasion_kind = forms.ChoiceField(
        label="The occasion is", choices=[CHOOSE, *OccasionKind.choices()], required=False
    )
    occasion = long_text(
        label="Occasion",
        help_text="The why: what happens in somebody’s life that brings them here?",
    )
    offering = forms.CharField(
        label="Offering",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="The thing: what they have, or have done, in the end.",
    )
    outcome = long_text(2, label="Outcome", help_text="What has happened when it is over.")
    process_kind = forms.ChoiceField(
        label="In between it runs as", choices=[CHOOSE, *ProcessKind.choices()], required=False
    )
    service_type = forms.ChoiceField(
        label="Type of service",
        widget=forms.RadioSelect,
        required=False,
        help_text="Services are compared within one type only.",
    )
    service_type_reason = long_text(2, label="If other, why")
    transaction_type = forms.ChoiceField(
        label="What the customer does",
        choices=[CHOOSE, *TransactionType.choices()],
        required=False,
    )
    eligible_population = forms.IntegerField(
        label="People who could use it",
        min_value=0,
        max_value=10**15,
        required=False,
        help_text="With a yearly volume this gives the participation.",
    )
    accessible_methods = long_text(
        2,
        label="Accessible methods",
        help_text="Languages, TTY or relay lines, Section 508, help at the counter.",
    )
    why_not_digital = long_text(2, label="If no channel is digital, why not")
    digital_potential = long_text(2, label="If no channel is digital, how it could be")
    traditional_exemption = long_text(
        2,
        label="If it was born digital, why it has no traditional channel",
        help_text="Only for services that never had one.",
    )
    traditional_exemption_by = forms.CharField(
        label="Who approved that", max_length=200, required=False
    )

    def __init__(
        self, person: Person, on: date, *args: Any, service: Service | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        units = units_to_own(person, on)
        if service is not None:  # the unit it has may have ended
            units = units | Organization.objects.filter(pk=service.owner_id)
        offer(self, "owner", units)
        hisps = self.fields["hisp"]
        assert isinstance(hisps, forms.ModelChoiceField)  # noqa: S101  # for the type checker
        hisps.queryset = hisps_where(person, Capability.SEE_SERVICES)
        if not has_provider(person):  # nothing to choose from, and nothing to wonder about
            del self.fields["hisp"]
        types = self.fields["service_type"]
        assert isinstance(types, forms.ChoiceField)  # noqa: S101  # for the type checker
        types.choices = type_choices()

    def clean(self) -> dict[str, Any]:
        """Asks for the reason when the type is `other` (280.4-e2)."""
        cleaned = super().clean() or {}
        if cleaned.get("service_type") == OTHER_TYPE and not cleaned.get("service_type_reason"):
            self.add_error("service_type_reason", "Say why none of the seven types fits.")
        return cleaned

    def sections(self) -> list[Part]:
        """The fields under their headings; a closed part is open once something is in it."""
        return [
            Part(
                each.title,
                each.title.lower().replace(" ", "-"),
                [self[name] for name in each.fields if name in self.fields],
                each.rare_title,
                [self[name] for name in each.rare],
                is_open=any(self[name].value() or self[name].errors for name in each.rare),
            )
            for each in self.SECTIONS
        ]


class ChannelForm(forms.Form):
    """A channel and the days it is in use."""

    channel = forms.ChoiceField(label="Channel", choices=[CHOOSE, *Channel.choices()])
    since = forms.DateField(label="In use since", widget=Day(), required=False)
    until = forms.DateField(label="Last day", widget=Day(), required=False)

    def clean(self) -> dict[str, Any]:
        """A channel ends after it starts."""
        cleaned = super().clean() or {}
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day comes after the first.")
        return cleaned


class RoleForm(forms.Form):
    """A task and who does it."""

    task = forms.CharField(
        label="Task", max_length=200, help_text="Like “checks the application at the counter”."
    )
    performer = forms.ChoiceField(label="Done by", choices=[CHOOSE, *PerformerKind.choices()])


class ToolForm(forms.Form):
    """A building block of technology."""

    name = forms.CharField(
        label="Tool", max_length=200, help_text="Like “identity verification” or “text messages”."
    )


class CustomerForm(forms.Form):
    """A kind of customer and how it meets the service."""

    customer_type = forms.ChoiceField(label="Customers", choices=[CHOOSE, *CustomerType.choices()])
    interaction_path = forms.ChoiceField(
        label="They meet the service", choices=[CHOOSE, *InteractionPath.choices()]
    )


class VolumeForm(forms.Form):
    """How many customers in a year, and who says so."""

    fiscal_year = forms.IntegerField(label="Fiscal year", min_value=1990, max_value=2200)
    channel = forms.ChoiceField(
        label="Channel", choices=[("", "All channels together"), *Channel.choices()], required=False
    )
    customers = forms.IntegerField(label="Customers", min_value=0, max_value=10**15)
    source = forms.CharField(
        label="Source", max_length=200, help_text="The report or system the number comes from."
    )


class PartnerForm(forms.Form):
    """Somebody else who helps deliver the service."""

    name = forms.CharField(
        label="Name", max_length=200, help_text="A state, a contractor, another agency."
    )
    contact = forms.CharField(label="Whom to ask there", max_length=200)


class ReviewForm(forms.Form):
    """A look at whether more of a service could be given digitally."""

    reviewed_on = forms.DateField(label="Looked at on", widget=Day())
    outcome = forms.ChoiceField(
        label="Outcome", choices=ReviewOutcome.choices, widget=forms.RadioSelect
    )
    reason = long_text(3, label="Why", help_text="Needed when it is not feasible.")
    reviewer = forms.CharField(label="Who looked", max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        """“Not feasible” says why."""
        cleaned = super().clean() or {}
        if cleaned.get("outcome") == ReviewOutcome.NOT_FEASIBLE and not cleaned.get("reason"):
            self.add_error("reason", "Say why digital delivery is not feasible.")
        return cleaned


PART_FORMS: dict[str, type[forms.Form]] = {
    "channels": ChannelForm,
    "roles": RoleForm,
    "tools": ToolForm,
    "customers": CustomerForm,
    "volumes": VolumeForm,
    "partners": PartnerForm,
    "reviews": ReviewForm,
}


class RetireForm(forms.Form):
    """From when a service is no longer given, and why."""

    on = forms.DateField(label="No longer given from", widget=Day())
    why = forms.CharField(label="Why", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class RetireChannelForm(forms.Form):
    """The last day of a channel."""

    last_day = forms.DateField(label="Last day", widget=Day())


class ReasonForm(forms.Form):
    """Why a warning is right as it is."""

    finding = forms.CharField(max_length=200, widget=forms.HiddenInput)
    text = forms.CharField(label="Why is this right as it is?", max_length=2000,
                           widget=forms.Textarea(attrs={"rows": 2}))  # fmt: skip
