"""Which codebook an agency uses, what its people corrected, and what those corrections taught."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from cx280.agencies.models import Organization
from cx280.measures.models import CodebookUse, CodebookVersion, ThemeCorrection
from cx280.measures.rules.themes.codebook import LANGUAGES, Codebook, federal, read_codebook
from cx280.measures.rules.themes.learning import FEWEST, Learned, Trial, learn
from cx280.measures.rules.themes.matching import Matcher, matcher_for
from cx280.responses.models import Comment
from cx280.services.models import Service
from cx280.stats.text.language import language_of

_EVERY = 25  # corrections between two times of learning
_MOST = 5000  # corrections looked at, the latest


@dataclass(frozen=True, slots=True)
class Filing:
    """All that it takes to file an agency's comments. key: the same for the same outcome."""

    key: str
    matchers: dict[str, Matcher]
    learned: Learned | None
    trials: tuple[Trial, ...]

    def matcher(self, language: str, page: str) -> Matcher:
        """The matcher for a comment's language; of all languages where the page was in another
        one: then people mix them."""
        return self.matchers[language if language == page and language in self.matchers else ""]


def codebook_version(agency: Organization) -> CodebookVersion | None:
    """The codebook in force; None while the agency uses the federal one as it is."""
    return agency.codebooks.order_by("-number").first()


def codebook_of(agency: Organization) -> Codebook:
    """The codebook of an agency (the root of its tree); the federal one until it changes that."""
    version = codebook_version(agency)
    return federal() if version is None else read_codebook(version.themes)


def codebooks_of(services: Iterable[Service]) -> dict[int, Codebook]:
    """The codebook of each service's agency, by the service's id, in one query; owners read."""
    roots = {each.pk: int(each.owner.path.split("/")[1]) for each in services}
    rows = CodebookVersion.objects.filter(agency__in=set(roots.values())).order_by("number")
    latest = {row.agency_id: row.themes for row in rows}
    return {
        pk: read_codebook(latest[root]) if root in latest else federal()
        for pk, root in roots.items()
    }


def corrections_of(agency: Organization) -> QuerySet[ThemeCorrection]:
    """What people of the agency said its comments are about, oldest first."""
    return ThemeCorrection.objects.filter(
        comment__service__owner__path__startswith=agency.path
    ).order_by("at", "pk")


def filing_key(agency: Organization) -> str:
    """What the filing depends on: the codebook, and the corrections in steps of 25 from 100 on."""
    n = corrections_of(agency).count()
    steps = n // _EVERY if n >= FEWEST else 0
    return f"{codebook_of(agency).digest}:{steps}"


def filing_for(agency: Organization, key: str | None = None) -> Filing:
    """The filing of an agency's comments; learned once in a process for each key."""
    return _filing(agency.pk, key or filing_key(agency))


@lru_cache(maxsize=16)
def _filing(agency_id: int, key: str) -> Filing:
    agency = Organization.objects.get(pk=agency_id)
    codebook = codebook_of(agency)
    by_cues = filing_by(codebook, key)
    if key.endswith(":0"):
        return by_cues
    learned, trials = _taught(agency, codebook, by_cues)
    return Filing(key, by_cues.matchers, learned, tuple(trials))


def filing_by(codebook: Codebook, key: str = "") -> Filing:
    """The filing by cue words alone."""
    spoken = {language: matcher_for(codebook, language) for language in ("", *LANGUAGES)}
    return Filing(key, spoken, None, ())


def _taught(
    agency: Organization, codebook: Codebook, by_cues: Filing
) -> tuple[Learned | None, list[Trial]]:
    rows = corrections_of(agency).reverse()[:_MOST]
    corrected = list(rows.values_list("comment__text", "comment__language", "codes"))
    labelled = [(text, frozenset(held)) for text, _, held in corrected]
    cues = [
        list(by_cues.matcher(language_of(text, page).language, page).themes_in(text))
        for text, page, _ in corrected
    ]
    return learn(labelled, cues, [theme.code for theme in codebook.active])


def trials_of(agency: Organization) -> list[Trial]:
    """How learning fared for each theme the last time; [] before it began."""
    use = CodebookUse.objects.filter(agency=agency).first()
    return [Trial(**each) for each in use.trials] if use else []


def unread_comments() -> QuerySet[Comment]:
    """The comments that nobody's machine has read yet, oldest first."""
    return Comment.objects.filter(reading=None).order_by("pk")
