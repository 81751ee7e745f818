"""Keeps insights: written with evidence, confirmed again, or retired with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, Unusable
from cx280.research.models import Insight, InsightEvidence, ResearchStudy, TestRound
from cx280.research.rules.searching import folded
from cx280.research.rules.vocabulary import Source

_MANY = ("segments", "services", "tags")


@implements("280.9-e4")
@transaction.atomic
def save_insight(
    insight: Insight | None,
    agency: Organization,
    *,
    by: Person,
    on: date,
    values: Mapping[str, Any],
) -> Insight:
    """The insight with these values, a new one for None; `segments`, `services`, `tags` are lists.

    Changing its words does not confirm it: that takes somebody who looked at the evidence.
    """
    sentence = str(values["sentence"]).strip()
    if _is_taken(agency, sentence, insight):
        raise Conflict("This insight is written down already.", field="sentence",
                       fix="Add your evidence to it.")  # fmt: skip
    row = insight or Insight(
        agency=agency, written_by=by, written_on=on, confirmed_by=by, confirmed_on=on
    )
    for name, value in values.items():
        if name not in _MANY:
            setattr(row, name, value)
    row.sentence = sentence
    row.save()
    for name in _MANY:
        if name in values:
            getattr(row, name).set(values[name])
    file_words(row)
    _told("change_insight" if insight else "write_insight", row, by=by, sentence=sentence)
    return row


def _is_taken(agency: Organization, sentence: str, insight: Insight | None) -> bool:
    others = Insight.objects.filter(agency=agency, sentence=sentence)
    return (others.exclude(pk=insight.pk) if insight else others).exists()


def file_words(insight: Insight) -> None:
    """Notes all that a search finds the insight by."""
    of_whom = insight.segments.values_list("name", flat=True)
    where = insight.services.values_list("name", flat=True)
    tags = insight.tags.values_list("name", flat=True)
    told = insight.evidence.values_list("words", flat=True)
    lines = [insight.sentence, insight.need, *of_whom, *where, *tags, *told]
    insight.words = folded("\n".join(lines))
    insight.save(update_fields=["words"])


@implements("280.9-e4")
@transaction.atomic
def add_evidence(
    insight: Insight,
    *,
    source: str,
    words: str,
    by: Person,
    study: ResearchStudy | None = None,
    round: TestRound | None = None,
    address: str = "",
) -> InsightEvidence:
    """One more thing the insight rests on; a study or round is named, not only told of."""
    known = Source.of(source)
    if known is Source.STUDY and study is None:
        raise Unusable("Choose the study.", field="study")
    if known is Source.ROUND and round is None:
        raise Unusable("Choose the round.", field="round")
    found = InsightEvidence.objects.create(
        insight=insight, source=known.value, words=words.strip(), address=address.strip(),
        study=study if known is Source.STUDY else None,
        round=round if known is Source.ROUND else None,
    )  # fmt: skip
    file_words(insight)
    _told("add_insight_evidence", insight, by=by, source=known.value, words=found.words)
    return found


@implements("280.9-e4")
@transaction.atomic
def confirm_insight(insight: Insight, *, by: Person, on: date) -> Insight:
    """Somebody looked again, and it still holds; a retired one comes back."""
    if not insight.evidence.exists():
        raise Conflict(
            "Nothing shows it yet, so nobody can confirm it.", fix="Add evidence, or retire it."
        )
    insight.confirmed_on, insight.confirmed_by = on, by
    insight.retired_on, insight.retired_because = None, ""
    insight.save(update_fields=["confirmed_on", "confirmed_by", "retired_on", "retired_because"])
    _told("confirm_insight", insight, by=by)
    return insight


@implements("280.9-e4")
@transaction.atomic
def retire_insight(insight: Insight, *, because: str, by: Person, on: date) -> Insight:
    """It holds no more; it stays readable with the reason."""
    if not because.strip():
        raise Unusable("Say why it holds no more.", field="because")
    insight.retired_on, insight.retired_because = on, because.strip()
    insight.save(update_fields=["retired_on", "retired_because"])
    _told("retire_insight", insight, by=by, because=because.strip())
    return insight


def _told(action: str, insight: Insight, *, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(insight),
        organization=insight.agency.code,
        detail=detail,
    )
