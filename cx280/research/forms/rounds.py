"""What people type about a usability round."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.accounts.forms import Day
from cx280.accounts.models import Person
from cx280.paperwork.models import Study
from cx280.research import access
from cx280.services.models import Service
from cx280.telemetry.models import Flow

_MOST = 30_000


class FlowChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Flows of several services, each told with its service."""

    def label_from_instance(self, obj: Any) -> str:  # noqa: ANN401
        """`Boat permits: Renew a permit`."""
        return f"{obj.service.name}: {obj.name}"


class RoundForm(forms.Form):
    """One round of tests."""

    service = forms.ModelChoiceField(
        label="Which service?", queryset=Service.objects.none(), empty_label=None
    )
    flow = FlowChoice(
        label="Which flow was tried?", queryset=Flow.objects.none(), required=False,
        empty_label="A draft, or one that is not drawn, named below",
    )  # fmt: skip
    flow_name = forms.CharField(
        label="Name of what was tried", max_length=120, required=False,
        help_text="Only when it is not in the list. Use one name for all its rounds.",
    )  # fmt: skip
    held_on = forms.DateField(label="On which day?", widget=Day())
    asks = forms.CharField(
        label="Which tasks or questions?", max_length=120, initial="The usual tasks",
        help_text="Rounds with the same ones count together: ten of the public within twelve"
        " months need OMB’s approval.",
    )  # fmt: skip
    planned = forms.IntegerField(
        label="Members of the public planned", min_value=0, max_value=_MOST
    )
    came = forms.IntegerField(
        label="Members of the public who came", min_value=0, max_value=_MOST, required=False,
        help_text="Empty until it was held.",
    )  # fmt: skip
    employees = forms.IntegerField(
        label="Federal employees who came", min_value=0, max_value=_MOST, initial=0,
        help_text="They do not count toward the ten.",
    )  # fmt: skip
    found = forms.CharField(
        label="What did they show you?", max_length=10_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    changed = forms.CharField(
        label="What was changed since the round before?", max_length=10_000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    entry = forms.ModelChoiceField(
        label="Its entry among the studies under a clearance", queryset=Study.objects.none(),
        required=False, empty_label="None",
    )  # fmt: skip

    def __init__(self, person: Person, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        services = access.services_to_test(person)
        self.fields["service"].queryset = services  # type: ignore[attr-defined]
        flows = Flow.objects.filter(service__in=services).select_related("service")
        self.fields["flow"].queryset = flows.order_by("service__name", "name")  # type: ignore[attr-defined]
        self.fields["entry"].queryset = access.entries(person)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The values; what was tried has a name."""
        found = super().clean() or {}
        if not found.get("flow") and not (found.get("flow_name") or "").strip():
            self.add_error("flow_name", "Choose a flow, or name what was tried.")
        return found
