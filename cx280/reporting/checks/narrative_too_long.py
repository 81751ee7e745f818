"""Accomplishments and reflection fit the template (280.15-a5)."""

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.reporting.rules.content import Content
from cx280.reporting.rules.facts import PackageFacts


@implements("280.15-a5")
def narrative_too_long(
    content: Content, previous: Content | None, facts: PackageFacts
) -> list[Finding]:
    """ERROR for a text with more characters than the template holds."""
    limit = facts.edition.limits.narrative_characters
    texts = {"accomplishments": content.accomplishments, "reflection": content.reflection}
    return [
        Finding(
            rule="280.15-a5",
            severity=Severity.ERROR,
            message=f"The {name} have {len(text):,} characters; the template holds {limit:,}."
            if name == "accomplishments"
            else f"The {name} has {len(text):,} characters; the template holds {limit:,}.",
            where=name,
            fix=f"Shorten the text by {len(text) - limit:,} characters.",
        )
        for name, text in texts.items()
        if len(text) > limit
    ]
