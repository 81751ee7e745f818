"""What is stored about paperwork: requests with their history, studies with what they found."""

from cx280.paperwork.models.requests import Request, RequestStep
from cx280.paperwork.models.studies import Study, StudyFinding

__all__ = ["Request", "RequestStep", "Study", "StudyFinding"]
