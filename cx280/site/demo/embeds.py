"""The simulated agency's website shows surveys: one as a prompt, one as a tab and in the page."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Count

from cx280.delivery.models import Embed
from cx280.delivery.rules.vocabulary import EmbedKind, Moment
from cx280.responses.models import OfferCount, Response
from cx280.site.demo.records import Built

DAYS = 90
_ORIGIN = "https://permits.example.gov"
_BEGAN = 0.92  # of those who opened it


def add_embeds(built: Built, today: date) -> int:
    """How many ways to show a survey there are now, with what people did in 90 days."""
    ways = [("boat-permits", EmbedKind.PROMPT), ("trail-conditions", EmbedKind.TAB),
            ("trail-conditions", EmbedKind.INLINE)]  # fmt: skip
    there = [(code, kind) for code, kind in ways if code in built.versions]
    for code, kind in there:
        Embed.objects.create(
            survey=built.versions[code][-1].survey,
            kind=kind.value,
            is_on=kind is not EmbedKind.INLINE,
            origins=[_ORIGIN],
            moment=Moment.COMPLETED.value if kind is EmbedKind.PROMPT else "",
            seconds=2 if kind is EmbedKind.PROMPT else 0,
        )
        if kind is not EmbedKind.INLINE:
            _count(built, code, kind, today - timedelta(days=DAYS))
    return len(there)


def _count(built: Built, code: str, kind: EmbedKind, since: date) -> None:
    """What came over the website in that time came by way of the mark."""
    version = built.versions[code][-1]
    answers = Response.objects.filter(version=version, day__gte=since, channel="website")
    sent = dict(answers.values_list("day").annotate(count=Count("pk")).order_by())
    rows = list(OfferCount.objects.filter(version=version, day__gte=since, channel="website"))
    for row in rows:
        row.embed = kind.value
        row.finished = sent.get(row.day, 0)
        row.began = max(round((row.started or 0) * _BEGAN), row.finished)
    OfferCount.objects.bulk_update(rows, ["embed", "finished", "began"], batch_size=500)
