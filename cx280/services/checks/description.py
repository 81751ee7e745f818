"""A service without a description people can use."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms
from cx280.services.rules.names import name_key


@implements("280.5-a3")
def description(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """An error when blank; a warning when too short, too long, or only the name again."""
    text = facts.description.strip()
    if not text:
        return [_finding(Severity.ERROR, "This service has no description.")]
    if name_key(text) == name_key(facts.name):
        return [_finding(Severity.WARN, "The description only repeats the name.")]
    if len(text) < terms.description_min:
        return [
            _finding(
                Severity.WARN,
                f"The description has {len(text)} characters; it should have at least"
                f" {terms.description_min}.",
            )
        ]
    if len(text) > terms.description_max:
        return [
            _finding(
                Severity.WARN,
                f"The description has {len(text):,} characters; it should have at most"
                f" {terms.description_max:,}.",
            )
        ]
    return []


def _finding(severity: Severity, message: str) -> Finding:
    return Finding(
        "280.5-a3",
        severity,
        message,
        where="description",
        fix="Say in one or two sentences what people get and from whom.",
    )
