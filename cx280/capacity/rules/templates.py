"""A template of the assessment: what is asked, as data that a new year may replace (280.9-fn4).

Nothing here knows a question by name: functions, practices, levels, components and their crosswalk
are read. What a template holds beyond that is kept, not dropped (280.17-g1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cx280.capacity.rules.vocabulary import Kind
from cx280.circular.implements import implements
from cx280.issued.rules import Head, document_in, head_faults, taken_head
from cx280.kernel.problem import Unusable

# Whose practice levels decide the level of a function; see levels.py.
RULES = ("most", "lowest")


@dataclass(frozen=True, slots=True)
class LevelName:
    """One step of the scale: 0 is the lowest."""

    value: int
    name: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Practice:
    """One thing an agency does or does not do, with what one would see at each level.

    evidence: what would show it. known: the name of what cx280 knows about it, "" for nothing.
    """

    code: str
    title: str
    question: str
    source: str
    levels: tuple[str, ...]
    evidence: str = ""
    known: str = ""
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Function:
    """One of the core functions, with its practices."""

    code: str
    name: str
    about: str
    source: str
    practices: tuple[Practice, ...]
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Asked:
    """Something a component tells in words, beside a table of what cx280 knows."""

    code: str
    title: str
    question: str
    source: str
    known: str = ""
    required: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Component:
    """One of the components of 280.17; functions: those it tells about (the crosswalk)."""

    code: str
    name: str
    source: str
    functions: tuple[str, ...]
    asked: tuple[Asked, ...]
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template(Head):
    """One version of a template of an assessment or a reflection."""

    kind: Kind
    rule: str
    levels: tuple[LevelName, ...]
    functions: tuple[Function, ...]
    components: tuple[Component, ...]
    idea_report: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)

    @property
    def practices(self) -> tuple[Practice, ...]:
        """All practices in order."""
        return tuple(each for function in self.functions for each in function.practices)

    def function(self, code: str) -> Function | None:
        """The function with that code, or None."""
        return next((each for each in self.functions if each.code == code), None)

    def component(self, code: str) -> Component | None:
        """The component with that code, or None."""
        return next((each for each in self.components if each.code == code), None)

    def level_name(self, value: int | None) -> str:
        """What the level is called; "" for none."""
        return next((each.name for each in self.levels if each.value == value), "")

    @implements("INC-17")
    def components_of(self, function: str) -> tuple[Component, ...]:
        """The components that tell about the function: the other way of the crosswalk."""
        return tuple(each for each in self.components if function in each.functions)


def read_template(text: str) -> dict[str, Any]:
    """The document in a TOML text, as plain JSON values; raises Unusable when it is none."""
    document = document_in(text)
    template_of(document)
    return document


@implements("280.9-fn4", "280.13-b8", "280.17-g1", "INC-16")
def template_of(document: Mapping[str, Any]) -> Template:
    """The template a document describes; raises Unusable with what is missing or repeated."""
    try:
        found = _template(dict(document))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unusable(f"This is not a template: {problem!r}.", field="template") from None
    for wrong in _faults(found):
        raise Unusable(f"This is not a template: {wrong}.", field="template")
    return found


def _template(raw: dict[str, Any]) -> Template:
    head = taken_head(raw)
    return Template(
        **head | {"kind": Kind.of(head["kind"])},
        rule=str(raw.pop("rule")),
        levels=tuple(LevelName(**each) for each in raw.pop("levels")),
        functions=tuple(_function(dict(each)) for each in raw.pop("functions")),
        components=tuple(_component(dict(each)) for each in raw.pop("components", ())),
        idea_report=bool(raw.pop("idea_report", False)),
        more=raw,
    )


def _function(raw: dict[str, Any]) -> Function:
    practices = tuple(_practice(dict(each)) for each in raw.pop("practices"))
    known = {name: str(raw.pop(name)) for name in ("code", "name", "about", "source")}
    return Function(**known, practices=practices, more=raw)


def _practice(raw: dict[str, Any]) -> Practice:
    known = {name: str(raw.pop(name)) for name in ("code", "title", "question", "source")}
    return Practice(
        **known,
        levels=tuple(raw.pop("levels")),
        evidence=str(raw.pop("evidence", "")),
        known=str(raw.pop("known", "")),
        more=raw,
    )


def _component(raw: dict[str, Any]) -> Component:
    asked = tuple(_asked(dict(each)) for each in raw.pop("asked"))
    functions = tuple(raw.pop("functions"))
    known = {name: str(raw.pop(name)) for name in ("code", "name", "source")}
    return Component(**known, functions=functions, asked=asked, more=raw)


def _asked(raw: dict[str, Any]) -> Asked:
    known = {name: str(raw.pop(name)) for name in ("code", "title", "question", "source")}
    return Asked(
        **known,
        known=str(raw.pop("known", "")),
        required=bool(raw.pop("required", True)),
        more=raw,
    )


def _faults(template: Template) -> Iterator[str]:
    if not template.functions:
        yield "it has no function"
    if template.rule not in RULES:
        yield f"its rule “{template.rule}” is none of: {', '.join(RULES)}"
    if [each.value for each in template.levels] != list(range(len(template.levels))):
        yield "its levels do not count from 0"
    for practice in template.practices:
        if len(practice.levels) != len(template.levels):
            yield f"“{practice.code}” does not describe each of its levels"
    yield from head_faults(template)
    counted = Counter(_codes(template))
    yield from (f"the code “{code}” stands twice" for code, count in counted.items() if count > 1)
    yield from _crosswalk_faults(template)


def _crosswalk_faults(template: Template) -> Iterator[str]:
    known = {each.code for each in template.functions}
    told = {name for each in template.components for name in each.functions}
    yield from (f"a component names the unknown function “{each}”" for each in told - known)
    if template.components and known - told:
        yield f"no component tells about {', '.join(sorted(known - told))}"


def _codes(template: Template) -> Iterator[str]:
    for function in template.functions:
        yield function.code
        yield from (each.code for each in function.practices)
    for component in template.components:
        yield component.code
        yield from (each.code for each in component.asked)
