"""What people type and programs send about sites, plans and flows, checked alike."""

from cx280.telemetry.forms.flows import ChangeForm, FlowForm
from cx280.telemetry.forms.plan import MetricForm, QuestionForm
from cx280.telemetry.forms.reading import cleaned, written
from cx280.telemetry.forms.sites import SiteForm

__all__ = [
    "ChangeForm",
    "FlowForm",
    "MetricForm",
    "QuestionForm",
    "SiteForm",
    "cleaned",
    "written",
]
