"""Reads what websites show of a survey: settings for the script, who may frame it, its figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Sum

from cx280.circular.implements import implements
from cx280.delivery.models import Embed
from cx280.delivery.queries.plans import plan_in_force
from cx280.delivery.queries.sizes import minutes_of
from cx280.delivery.queries.terms import Terms, terms_of
from cx280.delivery.rules.embeds import first_height, kinds_of, shares, words_said
from cx280.delivery.rules.vocabulary import EmbedKind
from cx280.delivery.rules.words import LANGUAGES, words
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.height import SCREEN, screens
from cx280.surveys.rules.vocabulary import Promise


class Told(NamedTuple):
    """A website of the service as telemetry knows it."""

    name: str
    key: str
    queries: list[str]
    origins: list[str]
    enabled: bool


def sites_of(survey: Survey) -> list[Told]:
    """The service's websites, those that are measured first. They stand above; by name only."""
    sites: Any = survey.service.sites  # type: ignore[attr-defined, unused-ignore]
    rows = sites.order_by("-enabled", "name").values_list(*Told._fields)
    return [Told(*each) for each in rows]


def placed_document(survey: Survey) -> SurveyDocument:
    """What people are asked now: of the open version, else of the draft."""
    terms = terms_of(survey)
    return terms.document if terms else draft_of(survey)


def embeds_of(survey: Survey) -> dict[EmbedKind, Embed]:
    """What was settled, by kind; kinds nobody has looked at are left out."""
    return {EmbedKind.of(each.kind): each for each in survey.embeds.all()}


@implements("280.10-k2", "280.10-k3")
def settings_of(code: str, *, tries: bool = False) -> dict[str, Any]:
    """What the script needs to show the survey with that code; {} while there is nothing to show.

    tries: as if every way were switched on, for a look at it.
    """
    survey = Survey.objects.select_related("service__owner", "collection").filter(code=code).first()
    terms = terms_of(survey) if survey else None
    if survey is None or terms is None:
        return {}
    known = embeds_of(survey)
    kinds = [
        each for each in kinds_of(terms.document.placement)
        if tries or (each in known and known[each].is_on)
    ]  # fmt: skip
    if not kinds:
        return {}
    settled = {each: known.get(each) or Embed(survey=survey, kind=each) for each in kinds}
    return {
        "origins": sorted({origin for each in settled.values() for origin in each.origins}),
        "joined": terms.document.promise is Promise.SAME_VISIT,
        "words": {each: _words(survey, terms, each, settled) for each in _languages(terms)},
        **{kind.value: _settings(survey, terms, each) for kind, each in settled.items()},
    }


def _languages(terms: Terms) -> list[str]:
    """Those of the survey that we have words for; English where it has none of them."""
    offered = {each.lower().split("-")[0] for each in terms.document.locales}
    return [each for each in LANGUAGES if each in offered or each == LANGUAGES[0]]


def _words(
    survey: Survey, terms: Terms, language: str, settled: dict[EmbedKind, Embed]
) -> dict[str, str]:
    usual, minutes = words(language), minutes_of(survey)
    told = usual["invitation"]["one_minute" if minutes <= 1 else "length"]
    said = {
        **usual["embed"],
        "title": terms.document.heading(language),
        "length": told.format(minutes=f"{minutes:g}"),
    }
    for kind, each in settled.items():
        said = words_said(said, kind, each.words.get(language, ""))
    return said


def _settings(survey: Survey, terms: Terms, embed: Embed) -> dict[str, Any]:
    kind = EmbedKind.of(embed.kind)
    if kind is EmbedKind.INLINE:
        return {"height": first_height(screens(terms.document) * SCREEN)}
    corner = {"corner": embed.corner}
    if kind is EmbedKind.TAB:
        return corner
    plan = plan_in_force(survey)
    share = shares(plan.as_rule if plan else None)
    return {**corner, "seconds": embed.seconds, "share": share}


def framers_of(survey_id: int, kind: str) -> list[str]:
    """The origins whose pages may frame the survey in that way; [] for none."""
    found = Embed.objects.filter(survey=survey_id, kind=kind).values_list("origins", flat=True)
    return list(next(iter(found), []))


@dataclass(frozen=True, slots=True)
class Seen:
    """What became of one way to show a survey. None where nobody counted, which is not zero."""

    offered: int | None
    opened: int | None
    began: int | None
    finished: int | None

    @property
    def rate(self) -> float | None:
        """Sent, of those offered; None where it cannot be computed or would be above 1."""
        return (self.finished or 0) / self.offered if (self.finished or 0) <= (
            self.offered or 0
        ) and self.offered else None  # fmt: skip


def seen_of(survey: Survey, since: date) -> dict[EmbedKind, Seen]:
    """The counts from that day on. Answers stand above this folder; by name only."""
    kinds = [each.value for each in EmbedKind]
    # In one filter: the counts meant are those of the same row.
    found: Any = SurveyVersion.objects.filter(
        survey=survey, offers__day__gte=since, offers__embed__in=kinds
    )
    names = [f"offers__{each}" for each in ("offered", "started", "began", "finished")]
    rows = found.order_by().values_list("offers__embed").annotate(*map(Sum, names))
    return {EmbedKind.of(kind): Seen(*counts) for kind, *counts in rows}
