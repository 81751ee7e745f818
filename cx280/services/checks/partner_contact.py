"""A partner with nobody to ask."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, Terms, is_blank


@implements("280.4-d5")
def partner_contact(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning for the partners that have no contact."""
    silent = [each.name for each in facts.partners if is_blank(each.contact)]
    if not silent:
        return []
    return [
        Finding(
            "280.4-d5",
            Severity.WARN,
            f"Nobody is named to ask at {', '.join(silent)}.",
            where="partners",
            fix="Add a contact for each partner.",
        )
    ]
