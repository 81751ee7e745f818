"""Traditional channels: who may do without, and which may not be retired (280.6-b1, INC-22)."""

from collections.abc import Iterable
from dataclasses import replace

from cx280.circular.implements import implements
from cx280.kernel.finding import Finding, Severity
from cx280.services.rules.facts import ServiceFacts, is_blank
from cx280.services.rules.vocabulary import Channel


@implements("INC-22")
def is_exempt(facts: ServiceFacts) -> bool:
    """Whether the service may stand without a traditional channel.

    It must have been born digital (it never had one), with a reason and the name of who
    approved; the accessible method it then needs is asked for by its own check.
    """
    born_digital = all(each.is_digital for each in facts.channels | facts.retired_channels)
    attested = not is_blank(facts.traditional_exemption) and not is_blank(
        facts.traditional_exemption_by
    )
    return born_digital and attested


@implements("280.6-b1")
def retiring_last_traditional(facts: ServiceFacts, channels: Iterable[Channel]) -> list[Finding]:
    """An error when retiring these channels takes the last traditional one away."""
    after = replace(facts, channels=facts.channels - frozenset(channels))
    if not facts.has_traditional_channel or after.has_traditional_channel:
        return []
    last = ", ".join(sorted(each.label for each in facts.channels if not each.is_digital))
    return [
        Finding(
            "280.6-b1",
            Severity.ERROR,
            f"{last} is the last traditional channel of “{facts.name}”; it must be kept.",
            where="channels",
            fix="Add another traditional channel first.",
        )
    ]
