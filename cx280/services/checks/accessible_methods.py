"""A service whose accessible methods nobody wrote down."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


@implements("280.6-b2")
def accessible_methods(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when languages, TTY, Section 508 or other accessible methods are not recorded."""
    if not facts.channels or not is_blank(facts.accessible_methods):
        return []
    return [
        Finding(
            "280.6-b2",
            Severity.WARN,
            "Nothing says how people with a disability, or who speak another language, get this"
            " service.",
            where="accessible_methods",
            fix="List the languages, TTY or relay lines and accessible formats there are.",
        )
    ]
