"""What is stored about paperwork: requests, studies, what a service takes of people."""

from cx280.paperwork.models.burdens import BurdenChange, BurdenEstimate
from cx280.paperwork.models.requests import Request, RequestStep
from cx280.paperwork.models.studies import Study, StudyFinding

__all__ = ["BurdenChange", "BurdenEstimate", "Request", "RequestStep", "Study", "StudyFinding"]
