"""What people type about research."""

from cx280.research.forms.insights import EvidenceForm, InsightForm, RetireForm, SearchForm
from cx280.research.forms.rounds import RoundForm
from cx280.research.forms.studies import PartForm, StudyForm
from cx280.research.forms.words import SegmentForm, ShareForm, TagForm, TermsForm

__all__ = [
    "EvidenceForm",
    "InsightForm",
    "PartForm",
    "RetireForm",
    "RoundForm",
    "SearchForm",
    "SegmentForm",
    "ShareForm",
    "StudyForm",
    "TagForm",
    "TermsForm",
]
