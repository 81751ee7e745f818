"""Writes quarters: drafts, signatures, reviews, releases; each in one transaction, audited."""

from cx280.reporting.actions.drafts import (
    NotEditable,
    TypedVolumes,
    ask_to_sign,
    build_draft,
    save_indicators,
    save_narrative,
    save_volumes,
    say_not_applicable,
)
from cx280.reporting.actions.handover import accept_handover
from cx280.reporting.actions.noise import set_noise
from cx280.reporting.actions.releases import NotPublishable, publish
from cx280.reporting.actions.steps import (
    NotReady,
    accept,
    certify,
    refuse_to_sign,
    reopen,
    return_to_agency,
    submit,
)

__all__ = [
    "NotEditable",
    "NotPublishable",
    "NotReady",
    "TypedVolumes",
    "accept",
    "accept_handover",
    "ask_to_sign",
    "build_draft",
    "certify",
    "publish",
    "refuse_to_sign",
    "reopen",
    "return_to_agency",
    "save_indicators",
    "save_narrative",
    "save_volumes",
    "say_not_applicable",
    "set_noise",
    "submit",
]
