"""A release with the noise of differential privacy: optional, off unless an agency asks for it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

from msgspec.structs import replace

from cx280.measures.rules.scores import mean_of, response_rate, share_agreeing
from cx280.reporting.rules.content import Content, Noise, Question, SurveyReport
from cx280.reporting.rules.publishing import nothing_of, public_version
from cx280.stats.disclosure.noise import Below, expected_error, variance, with_noise

MECHANISM = "two-sided geometric"
UNIT = "one person's answers to one survey"
_Z = 1.959963984540054  # 95 %


def noisy_version(content: Content, epsilon: Fraction, below: Below, smallest: int = 10) -> Content:
    """The public version of a content whose counts all carry noise; says so in its caveats.

    epsilon: what one person's answers to one survey spend in all. It is split evenly over the
    questions of the survey with most of them and the number of respondents. below: the source
    of randomness, `secrets.randbelow`. Shares, means and totals follow from the noisy counts, so
    all of them agree; what small counts are left is hidden as in any release.
    """
    most = max((_questions(each) for each in content.surveys), default=0)
    each = epsilon / (most + 1)
    surveys = [_survey(survey, each, below, smallest) for survey in content.surveys]
    noise = Noise(
        epsilon=float(epsilon),
        epsilon_each=float(each),
        mechanism=MECHANISM,
        unit=UNIT,
        expected_error=round(expected_error(float(each)), 2),
    )
    shown = public_version(replace(content, surveys=surveys), smallest)
    return replace(shown, noise=noise, caveats=[*shown.caveats, sentence(noise)])


def sentence(noise: Noise) -> str:
    """What the noise means, for people."""
    return (
        "Random noise is added to every count so that nobody can tell whether any one person"
        f" answered. A count is off by {noise.expected_error:g} people on average, up or down"
        f" (privacy budget {noise.epsilon:g} for {noise.unit})."
    )


def _questions(survey: SurveyReport) -> int:
    return sum(each.counts is not None for each in survey.questions)


def _survey(survey: SurveyReport, each: Fraction, below: Below, smallest: int) -> SurveyReport:
    questions = [
        nothing_of(question, smallest)
        if question.counts is None
        else _question(question, each, below)
        for question in survey.questions
    ]
    hidden = "Not shown: this release has noise, and choices would need more of it."
    questions = [
        replace(question, withheld=hidden) if question.counts is None else question
        for question in questions
    ]
    before = survey.volumes.respondents
    if before is None:
        return replace(survey, questions=questions)
    answered = with_noise([before], each, below)[0]
    offered = survey.volumes.offered
    rate = response_rate(offered, answered if offered is None else min(answered, offered))
    return replace(
        survey,
        questions=questions,
        volumes=replace(survey.volumes, respondents=answered),
        response_rate=rate.rate,
        response_rate_reason=rate.reason if rate.rate is None else "",
    )


def _question(question: Question, each: Fraction, below: Below) -> Question:
    """The question with noisy counts; its interval is wider by what the noise adds."""
    counts = with_noise([count or 0 for count in question.counts or []], each, below)
    by_code = _by_code(counts, question.scale)
    share = share_agreeing(by_code, question.scale)
    mean = mean_of(by_code, question.scale) if question.mean is not None else None
    low = high = None
    if question.low is not None and share.share is not None and share.bounds is not None:
        reach = _Z * math.sqrt(_noise_of_share(counts, share.successes, float(each)))
        low = max(0.0, share.share - math.hypot(share.share - share.bounds[0], reach))
        high = min(1.0, share.share + math.hypot(share.bounds[1] - share.share, reach))
    return replace(
        question,
        answered=share.n,
        counts=list(counts),
        agreeing=share.share,
        low=low,
        high=high,
        mean=float(mean.mean) if mean else None,
    )


def _by_code(counts: Sequence[int], scale: str) -> dict[str, int]:
    first = 0 if scale in {"thumbs", "yesno"} else 1
    return {str(code): n for code, n in enumerate(counts, first)}


def _noise_of_share(counts: Sequence[int], agreeing: int, epsilon: float) -> float:
    """The variance that noise adds to a share, by the delta method."""
    n = sum(counts)
    share = agreeing / n
    high = 1 if len(counts) == 2 else 2
    parts = high * (1 - share) ** 2 + (len(counts) - high) * share**2
    return parts * variance(epsilon) / n**2
