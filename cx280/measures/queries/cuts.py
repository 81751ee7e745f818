"""Which facts a page is about, and what their versions asked."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from cx280.agencies.models import Organization
from cx280.circular.edition import edition
from cx280.measures.models import Fact
from cx280.measures.rules.comparability import (
    Key,
    key_of,
)
from cx280.responses.queries import document_by
from cx280.services.models import Service
from cx280.surveys.models import SurveyVersion


@dataclass(frozen=True, slots=True)
class Cut:
    """Which answers: of a unit and all below it, over a channel, to one version; else all."""

    unit: Organization | None = None
    channel: str = ""
    version: SurveyVersion | None = None

    @property
    def is_whole(self) -> bool:
        """Whether nothing is left out."""
        return self.unit is None and not self.channel and self.version is None


WHOLE = Cut()


def versions_of(service: Service) -> list[SurveyVersion]:
    """Every version of every survey of a service, latest opened first."""
    return list(
        SurveyVersion.objects.filter(survey__service=service)
        .select_related("survey")
        .defer("document", "findings", "survey__draft")
        .order_by("-opened_at", "-pk")
    )


@lru_cache(maxsize=512)
def _keys(version_id: int, digest: str) -> dict[str, Key]:
    document = document_by(version_id, digest)
    of = edition(document.edition)
    return {question.id: key_of(question, document, of) for question in document.questions}


def keys_of(version: SurveyVersion) -> dict[str, Key]:
    """The comparability key of each question, by its id; worked out once in a process."""
    return _keys(version.pk, version.digest)


def facts(service: Service, cut: Cut) -> QuerySet[Fact]:
    """The facts of a service for a cut: every version, quarter and question of it."""
    return within(Fact.objects.filter(service=service), cut)


def within(rows: QuerySet[Any], cut: Cut) -> QuerySet[Any]:
    """The rows for a cut. Of a unit with others below it there are several, which add up."""
    rows = rows.filter(channel=cut.channel)
    if cut.version is not None:
        rows = rows.filter(version=cut.version)
    if cut.unit is None:
        return rows.filter(unit__isnull=True)
    return rows.filter(unit__path__startswith=cut.unit.path)
