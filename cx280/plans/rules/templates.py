"""A template of the Action Plan: what is asked of the plan and of each action, as data.

What cx280 keeps in a column of its own is named by `fills`; any other question is answered in
words under its code. What a template holds beyond that is kept, not dropped (280.17-g1).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from cx280.circular.implements import implements
from cx280.issued.rules import Head, document_in, head_faults, taken_head
from cx280.kernel.problem import Unusable
from cx280.plans.rules.vocabulary import Of

KIND = "plan"
# What cx280 keeps in columns, checks and draws, whatever a template calls it.
FIELDS: Mapping[Of, tuple[str, ...]] = {
    Of.PLAN: ("summary",),
    Of.ACTION: (
        "service", "change", "pain_point", "owner", "starts_on", "ends_on", "measure", "baseline",
        "target", "human_centered", "idea", "note",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """One question. fills: the column it fills, "" for words under its code.

    required: whether a plan is signed without it. public: whether the answer leaves the agency.
    """

    code: str
    of: Of
    question: str
    source: str
    fills: str = ""
    help: str = ""
    required: bool = False
    public: bool = True
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanTemplate(Head):
    """One version of a template of the Action Plan."""

    asked: tuple[Asked, ...]
    more: Mapping[str, Any] = field(default_factory=dict)

    def own(self, of: Of) -> tuple[Asked, ...]:
        """The questions answered in words, of the plan or of each action."""
        return tuple(each for each in self.asked if each.of is of and not each.fills)

    def about(self, of: Of, column: str) -> Asked | None:
        """The question that fills the column, or None when the template does not ask it."""
        return next((each for each in self.asked if (each.of, each.fills) == (of, column)), None)


def read_plan_template(text: str) -> dict[str, Any]:
    """The document in a TOML text, as plain JSON values; raises Unusable when it is none."""
    document = document_in(text)
    plan_template_of(document)
    return document


@implements("280.17-g1", "INC-16")
def plan_template_of(document: Mapping[str, Any]) -> PlanTemplate:
    """The template a document describes; raises Unusable with what is missing or repeated."""
    try:
        found = _template(dict(document))
    except (KeyError, TypeError, ValueError, AttributeError) as problem:
        raise Unusable(f"This is not a template: {problem!r}.", field="template") from None
    for wrong in _faults(found):
        raise Unusable(f"This is not a template: {wrong}.", field="template")
    return found


def _template(raw: dict[str, Any]) -> PlanTemplate:
    head = taken_head(raw)
    asked = tuple(_asked(dict(each)) for each in raw.pop("asked"))
    return PlanTemplate(**head, asked=asked, more=raw)


def _asked(raw: dict[str, Any]) -> Asked:
    words = {name: str(raw.pop(name)) for name in ("code", "question", "source")}
    return Asked(
        **words,
        of=Of.of(raw.pop("of")),
        fills=str(raw.pop("fills", "")),
        help=str(raw.pop("help", "")),
        required=bool(raw.pop("required", False)),
        public=bool(raw.pop("public", True)),
        more=raw,
    )


def _faults(template: PlanTemplate) -> Iterator[str]:
    if template.kind != KIND:
        yield f"it is of the kind “{template.kind}”, not “{KIND}”"
    yield from head_faults(template)
    for each in template.asked:
        if each.fills and each.fills not in FIELDS[each.of]:
            yield f"“{each.code}” fills “{each.fills}”, which no {each.of.value} has"
    counted = Counter(each.code for each in template.asked)
    yield from (f"the code “{code}” stands twice" for code, count in counted.items() if count > 1)
