"""The answers of some days to one question as it is asked now: never two wordings in one figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, QuerySet

from cx280.measures.queries import keys_of
from cx280.measures.rules.basis import Basis, basis_of, weakest
from cx280.measures.rules.comparability import construct_of, has_score
from cx280.measures.rules.scores import SCALES, Share, share_agreeing
from cx280.responses.models import Response
from cx280.responses.queries import document_by
from cx280.surveys.models import SurveyVersion
from cx280.surveys.rules.document import Question

OUTCOMES = ("trust", "satisfaction")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question on a scale, and by version the ids of questions that ask the very same."""

    construct: str
    question: Question
    by_version: Mapping[int, str]
    basis: Basis

    @property
    def response(self) -> str:
        """How it is answered."""
        return self.question.answered_by.value

    @property
    def lowest(self) -> str:
        """Who counts as a low rater: `1–2 of 5`; empty for a thumb or a yes."""
        codes = SCALES[self.response].codes
        return f"{codes[0]}–{codes[1]} of {codes[-1]}" if len(codes) > 2 else ""

    @property
    def highest(self) -> str:
        """Who counts as a high rater: `4–5 of 5`."""
        scale = SCALES[self.response]
        agreeing = sorted(scale.agreeing)
        ends = f"{agreeing[0]}–{agreeing[-1]} of {scale.codes[-1]}"
        return ends if len(scale.codes) > 2 else ""


def asked_now(versions: Sequence[SurveyVersion], construct: str) -> Asked | None:
    """The question as the newest of these versions asks it; None when none asks it on a scale.

    versions: latest opened first. Of several questions of a construct the first counts.
    """
    found = [
        (version, question, keys_of(version)[question.id])
        for version in versions
        if (question := _first(version, construct)) is not None
    ]
    if not found:
        return None
    same = [(version, asked) for version, asked, key in found if key == found[0][2]]
    documents = [document_by(version.pk, version.digest) for version, _ in same]
    return Asked(
        construct,
        found[0][1],
        {version.pk: asked.id for version, asked in same},
        weakest(basis_of(each.placement) for each in documents),
    )


def _first(version: SurveyVersion, construct: str) -> Question | None:
    questions = document_by(version.pk, version.digest).questions
    return next((q for q in questions if construct_of(q) == construct and has_score(q)), None)


def answers_to(asked: Asked, first: date, last: date) -> QuerySet[Response]:
    """The counted answers of those days, both included, to every version that asks the same."""
    return Response.objects.filter(
        version__in=list(asked.by_version), day__range=(first, last), suspected=""
    )


def share_in(asked: Asked, first: date, last: date, channels: Sequence[str]) -> Share:
    """The share who agree in those days through those channels, counted from the answers."""
    counts: dict[str, int] = {}
    there = answers_to(asked, first, last).filter(channel__in=list(channels)).order_by()
    for version, name in asked.by_version.items():
        mine = there.filter(version=version)
        for code, n in mine.values_list(f"answers__{name}").annotate(n=Count("pk")):
            if isinstance(code, int) and code in SCALES[asked.response].codes:
                counts[str(code)] = counts.get(str(code), 0) + n
    return share_agreeing(counts, asked.response, asked.basis)
