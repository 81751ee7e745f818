"""Somebody wrote what was done and what was learned (280.15-a5)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts

ASKED = {
    "accomplishments": "Say in a few sentences what was done for customers this quarter.",
    "reflection": "Say what was learned, what matters to customers, and where it hurts.",
}


@implements("280.15-a5")
def narrative_blank(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """WARN for each text that is blank."""
    texts = {"accomplishments": content.accomplishments, "reflection": content.reflection}
    return [
        Finding(
            rule="280.15-a5",
            severity=Severity.WARN,
            message=f"Nothing is written under “{name.capitalize()}”.",
            where=name,
            fix=ASKED[name],
        )
        for name, text in texts.items()
        if not text.strip()
    ]
