"""What must be said beside the figures, in words for everybody (INC-44)."""

from collections.abc import Iterable

from cx280.circular.implements import implements
from cx280.reporting.rules.content import SurveyReport

FEW = 30  # ours: fewer answers than this are called few


@implements("INC-44")
def caveats_of(surveys: Iterable[SurveyReport]) -> list[str]:
    """One sentence for each thing a reader of the figures must know."""
    found = [sentence for survey in surveys for sentence in _of(survey)]
    if found:
        found.append("The figures tell of those who answered, not of everybody served.")
    return found


def _of(survey: SurveyReport) -> list[str]:
    if survey.volumes.respondents is None:
        return [f"{survey.title}: too few people answered to show how many."]
    said = []
    if survey.self_selected:
        said.append(
            f"{survey.title}: people found the survey by themselves; there is no response rate"
            " and no margin of error."
        )
    elif survey.response_rate is None:
        said.append(f"{survey.title}: the response rate is not known.")
    elif survey.response_rate < 0.8:
        share = f"{survey.response_rate * 100:.1f}".rstrip("0").rstrip(".")
        said.append(f"{survey.title}: {share} % of those asked answered.")
    if survey.volumes.respondents < FEW:
        said.append(f"{survey.title}: only {survey.volumes.respondents:,} people answered.")
    if len(survey.versions) > 1:
        said.append(f"{survey.title}: the survey changed during the quarter.")
    return said
