"""A question that the template requires and nobody answered (280.17-g1)."""

from collections.abc import Iterator, Mapping

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.plans.rules.facts import PlanFacts
from cx280.plans.rules.templates import Asked
from cx280.plans.rules.vocabulary import Of

RULE = "280.17-g1"


@implements(RULE)
def asked_unanswered(plan: PlanFacts) -> list[Finding]:
    """An ERROR for each required question of the template without words."""
    if plan.template is None:
        return []
    of_plan, of_action = plan.template.own(Of.PLAN), plan.template.own(Of.ACTION)
    return [
        *_open(of_plan, plan.told, "The plan", "plan"),
        *(
            found
            for each in plan.actions
            for found in _open(of_action, each.told, each.named, each.where)
        ),
    ]


def _open(
    asked: tuple[Asked, ...], told: Mapping[str, str], named: str, where: str
) -> Iterator[Finding]:
    for each in asked:
        if each.required and not told.get(each.code, "").strip():
            yield Finding(
                RULE,
                Severity.ERROR,
                f"{named} leaves “{each.question}” open, which the template requires.",
                where,
                "Answer it in a sentence.",
            )
