"""Filing comments under themes, and counting the themes. Both follow from the record: unaudited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from cx280.agencies.models import Organization
from cx280.kernel.quarter import Quarter
from cx280.measures.actions.counting import wait_for_others
from cx280.measures.models import (
    CodebookUse,
    CommentTheme,
    FoundTopics,
    Reading,
    ThemeCorrection,
    ThemeFact,
)
from cx280.measures.queries.codebooks import Filing
from cx280.measures.rules.themes.learning import Trial, merged
from cx280.responses.models import Comment
from cx280.services.models import Service
from cx280.stats.text.language import language_of
from cx280.stats.text.tone import tone_of
from cx280.surveys.models import SurveyVersion

Filed = dict[str, tuple[str, tuple[str, ...]]]  # {theme: (source, words)}
VersionQuarter = tuple[int, Quarter]


@transaction.atomic
def file_comments(comments: Sequence[Comment], filing: Filing) -> set[VersionQuarter]:
    """Files the comments anew; the (version, quarter) pairs whose counts may have changed.

    What did not change is not written. Safe to run twice, and by two workers at once.
    """
    ids = [comment.pk for comment in comments]
    corrected = dict(ThemeCorrection.objects.filter(pk__in=ids).values_list("pk", "codes"))
    languages = {c.pk: language_of(c.text, c.language).language for c in comments}
    found = _found(comments, filing, corrected, languages)
    stood: dict[int, Filed] = {each: {} for each in ids}
    for row in CommentTheme.objects.filter(comment__in=ids):
        stood[row.comment_id][row.code] = (row.source, tuple(row.words))
    moved = [comment for comment in comments if found[comment.pk] != stood[comment.pk]]
    CommentTheme.objects.filter(comment__in=[each.pk for each in moved]).delete()
    CommentTheme.objects.bulk_create(
        (
            CommentTheme(comment=comment, code=code, source=source, words=list(words))
            for comment in moved
            for code, (source, words) in found[comment.pk].items()
        ),
        batch_size=1000,
        ignore_conflicts=True,
    )
    fresh = _note_readings(comments, languages)
    return {(c.version_id, Quarter.of(c.day)) for c in [*moved, *fresh]}


def _found(
    comments: Sequence[Comment],
    filing: Filing,
    corrected: dict[int, list[str]],
    languages: dict[int, str],
) -> dict[int, Filed]:
    """What each comment is about: as a person said, else as the machine finds."""
    guessed: list[frozenset[str]] = [frozenset()] * len(comments)
    taught: tuple[str, ...] = ()
    if filing.learned is not None:
        taught = filing.learned.codes
        guessed = filing.learned.guess([comment.text for comment in comments])
    found: dict[int, Filed] = {}
    source = CommentTheme.Source
    for comment, guess in zip(comments, guessed, strict=True):
        cues = filing.matcher(languages[comment.pk], comment.language).themes_in(comment.text)
        said = corrected.get(comment.pk)
        if said is not None:
            found[comment.pk] = {code: (source.PERSON, cues.get(code, ())) for code in said}
            continue
        found[comment.pk] = {
            code: (source.LEARNED if code in taught else source.CUES, words)
            for code, words in merged(cues, guess, taught).items()
        }
    return found


def _note_readings(comments: Sequence[Comment], languages: dict[int, str]) -> list[Comment]:
    """Remembers language and tone; the comments that were not read before, or otherwise."""
    ids = [comment.pk for comment in comments]
    stood = {
        pk: (language, tone)
        for pk, language, tone in Reading.objects.filter(pk__in=ids).values_list(
            "pk", "language", "tone"
        )
    }
    rows = [
        Reading(
            comment=comment,
            language=languages[comment.pk],
            tone=tone_of(comment.text, languages[comment.pk]).tone,
        )
        for comment in comments
    ]
    new = [row for row in rows if stood.get(row.pk) != (row.language, row.tone)]
    Reading.objects.bulk_create(
        new,
        batch_size=1000,
        update_conflicts=True,
        unique_fields=["comment"],
        update_fields=["language", "tone"],
    )
    changed = {row.pk for row in new}
    return [comment for comment in comments if comment.pk in changed]


@transaction.atomic
def recount_themes(version: SurveyVersion, quarter: Quarter) -> None:
    """Counts again how many comments each theme has in a quarter of a version."""
    wait_for_others()
    comments = Comment.objects.filter(
        version=version, counted=True, day__range=(quarter.first_day, quarter.last_day)
    ).order_by()
    place = ("unit_id", "channel", "rating", "reading__language")
    rolled: dict[tuple[int | None, str], Counter[str]] = {}
    for unit, channel, rating, language, n in comments.values_list(*place).annotate(n=Count("pk")):
        _roll(rolled, unit, channel, f"@{rating}@{language or ''}", n)
    themed = comments.filter(themes__isnull=False).values_list(*place, "themes__code")
    for unit, channel, rating, language, code, n in themed.annotate(n=Count("pk")):
        _roll(rolled, unit, channel, f"{code}@{rating}@{language or ''}", n)
    facts = ThemeFact.objects.filter(version=version, starts_on=quarter.first_day)
    facts.delete()
    ThemeFact.objects.bulk_create(
        (
            ThemeFact(
                starts_on=quarter.first_day,
                service_id=version.survey.service_id,
                version=version,
                unit_id=unit,
                channel=channel,
                counts=dict(counts),
            )
            for (unit, channel), counts in rolled.items()
        ),
        batch_size=1000,
    )


def _roll(
    rolled: dict[tuple[int | None, str], Counter[str]],
    unit: int | None,
    channel: str,
    key: str,
    n: int,
) -> None:
    for at_unit in {unit, None}:
        for at_channel in {channel, ""}:
            rolled.setdefault((at_unit, at_channel), Counter())[key] += n


def note_filed(agency: Organization, *, key: str, trials: Iterable[Trial], now: datetime) -> None:
    """Remembers by what an agency's comments are filed now, and how learning fared."""
    CodebookUse.objects.update_or_create(
        agency=agency,
        defaults={
            "applied": key,
            "applied_at": now,
            "trials": [trial.as_data() for trial in trials],
        },
    )


def note_topics(
    service: Service, *, comments: int, topics: list[dict[str, Any]], now: datetime
) -> None:
    """Remembers the topics found in a service's comments, in the place of earlier ones."""
    FoundTopics.objects.update_or_create(
        service=service, defaults={"found_at": now, "comments": comments, "topics": topics}
    )
