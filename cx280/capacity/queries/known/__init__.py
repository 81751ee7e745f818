"""What cx280 knows, by the name under which a template asks for it; always with place and day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from cx280.capacity.queries.known import collecting, organizing, registers, research, serving
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.rules.facts import Known
from cx280.capacity.rules.templates import Template

Asked = Callable[[Subject], list[Known]]


def _both(*asked: Asked) -> Asked:
    """What each of them knows, in that order: a version of a template never takes a new name."""
    return lambda subject: [known for each in asked for known in each(subject)]


KNOWN: Mapping[str, Asked] = {
    "leaders": organizing.leaders,
    "resources": organizing.resources,
    "talent": organizing.talent,
    "decisions": organizing.decisions,
    "reviews": _both(organizing.reviews, research.deep_dives),
    "mindset": organizing.mindset,
    "indicators": collecting.indicators,
    "collections": collecting.collections,
    "methods": _both(collecting.methods, research.studies),
    "reporting": collecting.reporting,
    "joined": collecting.joined,
    "telemetry": _both(collecting.flows, research.rounds),
    "occasions": serving.occasions,
    "journeys": _both(serving.journeys, research.studies),
    "partners": serving.partners,
    "insights": _both(serving.pain_points, research.insights),
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
