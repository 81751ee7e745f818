"""Checks what people type about requests and studies."""

from cx280.paperwork.forms.burdens import ChangeForm, EstimateForm
from cx280.paperwork.forms.requests import RequestForm, StartForm, StepForm, answers_of, typed_of
from cx280.paperwork.forms.studies import FindingForm, StudyForm, TookPartForm

__all__ = [
    "ChangeForm",
    "EstimateForm",
    "FindingForm",
    "RequestForm",
    "StartForm",
    "StepForm",
    "StudyForm",
    "TookPartForm",
    "answers_of",
    "typed_of",
]
