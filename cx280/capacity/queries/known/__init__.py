"""What cx280 knows, by the name under which a template asks for it; always with place and day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cx280.capacity.queries.known import collecting, organizing, registers, serving
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.facts import Known
from cx280.capacity.rules.templates import Template

Asked = Callable[[Subject], list[Known]]

KNOWN: Mapping[str, Asked] = {
    "leaders": organizing.leaders,
    "resources": organizing.resources,
    "talent": organizing.talent,
    "decisions": organizing.decisions,
    "reviews": organizing.reviews,
    "mindset": organizing.mindset,
    "indicators": collecting.indicators,
    "collections": collecting.collections,
    "methods": collecting.methods,
    "reporting": collecting.reporting,
    "joined": collecting.joined,
    "telemetry": collecting.flows,
    "occasions": serving.occasions,
    "journeys": serving.journeys,
    "partners": serving.partners,
    "insights": serving.pain_points,
    "actions": serving.actions,
    "alignment": registers.alignment,
    "initiatives": registers.initiatives,
    "idea": registers.idea,
    "lessons": registers.lessons,
}


def known_for(subject: Subject, names: Sequence[str]) -> dict[str, list[Known]]:
    """What is known under each name; a name only a newer cx280 knows gives nothing."""
    return {name: KNOWN[name](subject) for name in dict.fromkeys(names) if name in KNOWN}


def names_in(template: Template) -> list[str]:
    """Every name the template asks for."""
    practices = [each.known for each in template.practices]
    asked = [each.known for component in template.components for each in component.asked]
    return [each for each in dict.fromkeys([*practices, *asked]) if each]
