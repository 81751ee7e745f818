"""A service whose type is missing, unknown, or `other` without a reason."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import OTHER_TYPE, ServiceFacts, Terms, is_blank


@implements("280.4-e2")
def service_type(facts: ServiceFacts, terms: Terms) -> list[Finding]:
    """A warning when blank; an error when unknown, or `other` without saying why."""
    if is_blank(facts.service_type):
        return [_finding(Severity.WARN, "This service has no type.")]
    if facts.service_type == OTHER_TYPE:
        if is_blank(facts.service_type_reason):
            return [_finding(Severity.ERROR, "“Other” was chosen, and nothing says why.")]
        return []
    if terms.types and facts.service_type not in terms.types:
        return [
            _finding(Severity.ERROR, f"“{facts.service_type}” is not one of the service types.")
        ]
    return []


def _finding(severity: Severity, message: str) -> Finding:
    return Finding(
        "280.4-e2",
        severity,
        message,
        where="service_type",
        fix="Choose the type that fits best; if none does, choose “other” and say why.",
    )
