"""A service that does not say what technology it stands on."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms


@implements("280.4-g7")
def tools(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when no tool is listed, or one is in no row of a blueprint there is."""
    if not facts.tools:
        return [
            _finding(
                "The tools are missing: what technology does this service stand on?",
                "Add its building blocks, such as sign-in, the website or notifications.",
            )
        ]
    steps = [step for journey in facts.journeys for step in journey.steps]
    reached = {tool for step in steps for tool in step.tools}
    idle = [tool for tool in facts.tools if tool not in reached]
    if not reached or not idle:  # without any blueprint there is nothing to be missing from
        return []
    return [
        _finding(
            f"No step of a journey uses {', '.join(idle)}.",
            "Name the tool under the step that uses it, or remove it.",
        )
    ]


def _finding(message: str, fix: str) -> Finding:
    return Finding("280.4-g7", Severity.WARN, message, where="tools", fix=fix)
