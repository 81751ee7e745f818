"""Topics that the machine finds by itself in a service's comments of a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Count

from cx280.measures.models import FoundTopics
from cx280.responses.models import Comment
from cx280.services.models import Service
from cx280.stats.text.language import language_of
from cx280.stats.text.lexicon import small_words, tone_words
from cx280.stats.text.tokens import words_of
from cx280.stats.text.topics import Topic, find_topics

FEWEST_COMMENTS = 150
_MOST_COMMENTS = 3000  # the latest; more say the same
_DAYS = 365
_EXAMPLES = 3
_SHORTEST = 3  # words: less is no example


def services_to_look_at(today: date) -> list[Service]:
    """The services with enough comments in the last year, by id."""
    counted = (
        Comment.objects.filter(counted=True, day__gt=today - timedelta(days=_DAYS))
        .order_by()
        .values("service")
        .annotate(n=Count("pk"))
        .filter(n__gte=FEWEST_COMMENTS)
    )
    return list(Service.objects.filter(pk__in=[row["service"] for row in counted]).order_by("pk"))


def topics_in(service: Service, today: date) -> tuple[int, list[dict[str, Any]]]:
    """How many comments were looked at, and the stable topics, the largest first.

    Comments in each language are looked at apart, where there are enough of them.
    """
    rows = list(
        Comment.objects.filter(
            service=service, counted__in=[True], day__gt=today - timedelta(days=_DAYS)
        )
        .order_by("-day", "-pk")
        .values_list("pk", "text", "language")[:_MOST_COMMENTS]
    )
    places = _places(service)
    spoken = [language_of(text, page).language for _, text, page in rows]
    found = []
    for language in ("en", "es"):
        own = [row for row, said in zip(rows, spoken, strict=True) if said == language]
        if len(own) >= FEWEST_COMMENTS:
            found += _topics(own, language, places)
    return len(rows), sorted(found, key=lambda topic: -int(topic["comments"]))


def _places(service: Service) -> set[str]:
    """The words in the names of the service and of the offices that comments are about."""
    units = Comment.objects.filter(service=service, unit__isnull=False).order_by()
    names = units.values_list("unit__name", flat=True).distinct()
    return set(words_of(" ".join([service.name, *names])))


def _topics(
    rows: list[tuple[int, str, str]], language: str, places: set[str]
) -> list[dict[str, Any]]:
    # A word of praise or complaint is a tone and no topic, and an office has its own page.
    without = {*small_words(language), *tone_words(language), *places}
    return [
        {
            "language": language,
            "words": list(topic.words[:6]),
            "comments": len(topic.texts),
            "of": len(rows),
            "stability": round(topic.stability, 2),
            "examples": _examples(topic, rows),
        }
        for topic in find_topics([text for _, text, _ in rows], without=without)
    ]


def _examples(topic: Topic, rows: list[tuple[int, str, str]]) -> list[int]:
    """The ids of three comments that show the topic, no two with the same words."""
    seen: dict[str, int] = {}
    for at in topic.texts:
        pk, text, _ = rows[at]
        words = text.casefold().split()
        if len(words) >= _SHORTEST:
            seen.setdefault(" ".join(words), pk)
        if len(seen) == _EXAMPLES:
            break
    return list(seen.values())


def found_topics(service: Service) -> FoundTopics | None:
    """What was found last; None before the first look."""
    return FoundTopics.objects.filter(service=service).first()
