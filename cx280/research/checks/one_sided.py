"""A designated service without research in words, or without research in numbers (280.9-e2)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.research.rules.facts import ServiceFacts


@implements("280.9-e2", "280.14-f2")
def one_sided(service: ServiceFacts) -> list[Finding]:
    """A WARN for each of the two kinds that no study of the last months brought."""
    counts = (("qualitative", service.qualitative), ("quantitative", service.quantitative))
    return [
        Finding(
            "280.9-e2",
            Severity.WARN,
            f"No {kind} study of the last {service.months} months tells of {service.name}.",
            kind,
            "Plan one, or name this service in a study that tells of it.",
        )
        for kind, count in counts
        if not count
    ]
