"""One check a file, named for what it finds; `check` runs them all."""

from collections.abc import Callable

from cx280.kernel.finding import Finding
from cx280.services.checks.accessible_methods import accessible_methods
from cx280.services.checks.broken_journey import broken_journey
from cx280.services.checks.customers import customers
from cx280.services.checks.description import description
from cx280.services.checks.digital_potential import digital_potential
from cx280.services.checks.kind_of_interaction import kind_of_interaction
from cx280.services.checks.name import name
from cx280.services.checks.no_channel import no_channel
from cx280.services.checks.occasion import occasion
from cx280.services.checks.offering import offering
from cx280.services.checks.outcome import outcome
from cx280.services.checks.partner_contact import partner_contact
from cx280.services.checks.review_due import review_due
from cx280.services.checks.roles import roles
from cx280.services.checks.service_type import service_type
from cx280.services.checks.single_channel import single_channel
from cx280.services.checks.tools import tools
from cx280.services.checks.traditional_channel import traditional_channel
from cx280.services.checks.unit import unit
from cx280.services.checks.volume import volume
from cx280.services.checks.web_only_survey import web_only_survey
from cx280.services.checks.why_not_digital import why_not_digital
from cx280.services.rules.facts import ServiceFacts, Terms

Check = Callable[[ServiceFacts, Terms], list[Finding]]

# In the order people fill in a service; the first six are the minimum of 280.5.
CHECKS: tuple[Check, ...] = (
    name,
    description,
    unit,
    no_channel,
    why_not_digital,
    digital_potential,
    traditional_channel,
    accessible_methods,
    web_only_survey,
    single_channel,
    service_type,
    customers,
    occasion,
    volume,
    offering,
    outcome,
    roles,
    tools,
    partner_contact,
    broken_journey,
    kind_of_interaction,
    review_due,
)
MINIMUM: tuple[Check, ...] = CHECKS[:6]


def check(facts: ServiceFacts, terms: Terms | None = None) -> list[Finding]:
    """Everything the checks find wrong with a service, in the order people fill it in."""
    measured = terms or Terms()
    return [finding for each in CHECKS for finding in each(facts, measured)]


def check_minimum(facts: ServiceFacts, terms: Terms | None = None) -> list[Finding]:
    """What is wrong with the six things 280.5 asks of every service."""
    measured = terms or Terms()
    return [finding for each in MINIMUM for finding in each(facts, measured)]
