"""What is frozen when an assessment is signed: the template, every answer, what cx280 knew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from cx280.capacity.rules.facts import Answered, AssessmentFacts, Improvement, Known
from cx280.capacity.rules.levels import IN_WORDS, FunctionLevel, levels_of
from cx280.capacity.rules.templates import Component, Function
from cx280.circular.implements import implements

VERSION = 1
NOT_ANSWERED = "not answered"


@implements("280.17-c1", "280.13-b8", "280.17-b2", "280.17-e1")
def content_of(
    facts: AssessmentFacts, document: Mapping[str, Any], grid: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """The assessment as plain JSON values, with the template document it is read by for ever.

    Days are ISO strings. A level is a number, null where too few practices are evidenced; what was
    not answered says so and is neither.
    """
    template = facts.template
    return {
        "content_version": VERSION,
        "subject": facts.subject,
        "kind": template.kind.value,
        "fiscal_year": f"FY{facts.fiscal_year}",
        "notice": template.notice,
        "template": dict(document),
        "rule": IN_WORDS[template.rule],
        "functions": [
            _function(facts, level, function)
            for level, function in zip(levels_of(facts), template.functions, strict=True)
        ],
        "components": [_component(facts, each) for each in template.components],
        "improvements": [_improvement(each) for each in facts.improvements],
        "no_initiative_because": facts.no_initiative,
        "vacant_roles": list(facts.vacant),
        "by_level": [dict(each) for each in grid],
    }


def _function(facts: AssessmentFacts, level: FunctionLevel, function: Function) -> dict[str, Any]:
    return {
        "code": level.code,
        "name": level.name,
        "level": level.level,
        "level_name": facts.template.level_name(level.level),
        "evidenced": level.words,
        "evidence_count": level.evidence,
        "not_evidenced": level.not_evidenced,
        "unanswered": level.unanswered,
        "narrative": facts.told(level.code),
        "practices": [
            {"code": each.code, "title": each.title, **_answer(facts, each.code)}
            for each in function.practices
        ],
    }


def _component(facts: AssessmentFacts, component: Component) -> dict[str, Any]:
    return {
        "code": component.code,
        "name": component.name,
        "functions": list(component.functions),
        "asked": [
            {
                "code": each.code,
                "title": each.title,
                "words": facts.told(each.code),
                "confirmed": facts.confirmed(each.code),
                "known_from_cx280": [_known(known) for known in facts.known.get(each.known, ())],
            }
            for each in component.asked
        ],
    }


def _answer(facts: AssessmentFacts, code: str) -> dict[str, Any]:
    found: Answered | None = facts.answers.get(code)
    if found is None:
        nothing = {"said": NOT_ANSWERED, "level": None, "counts": False, "words": ""}
        return {**nothing, "evidence": [], "by": "", "on": None}
    return {
        "said": found.said,
        "level": found.level,
        "counts": found.rates,
        "words": found.words,
        "evidence": [
            {"kind": each.kind, "words": each.words, "address": each.address}
            for each in found.evidence
        ],
        "by": found.by,
        "on": found.on.isoformat() if found.on else None,
    }


def _known(known: Known) -> dict[str, Any]:
    return {
        "words": known.words,
        "address": known.address,
        "as_of": known.as_of.isoformat(),
        "count": known.count,
        "period": known.period,
    }


def _improvement(each: Improvement) -> dict[str, Any]:
    return {
        "words": each.words,
        "status": each.status,
        "source": each.source,
        "human_centered_design": each.human_centered or None,
        "evidence": list(each.evidence),
        "idea_initiative": each.idea,
        "serves": each.serves,
    }


def rows_of(content: Mapping[str, Any]) -> Iterator[tuple[object, ...]]:
    """A flat row for each question: part, code, title, said, level, words, evidence, by, on, and
    what cx280 knows.
    """
    for function in content["functions"]:
        level = function["level"] if function["level"] is not None else "not evidenced"
        head = (function["name"], function["code"], function["name"])
        yield (*head, "function", level, function["narrative"], "", "", "", "")
        for each in function["practices"]:
            shown = "; ".join(_shown(shown) for shown in each["evidence"])
            yield (
                function["name"], each["code"], each["title"], each["said"], each["level"],
                each["words"], shown, each["by"], each["on"], "",
            )  # fmt: skip
    for component in content["components"]:
        for each in component["asked"]:
            known = "; ".join(one["words"] for one in each["known_from_cx280"])
            said = "confirmed" if each["confirmed"] else "words" if each["words"] else NOT_ANSWERED
            yield (
                component["name"], each["code"], each["title"], said, None, each["words"], "",
                "", "", known,
            )  # fmt: skip
    for each in content["improvements"]:
        yield (
            "Initiatives", "", each["words"], each["status"], None, each["source"],
            "; ".join(each["evidence"]), "", "", each["human_centered_design"] or "not said",
        )  # fmt: skip


def _shown(shown: Mapping[str, Any]) -> str:
    return f"{shown['words']} ({shown['address']})" if shown["address"] else str(shown["words"])


def readable(content: Any) -> Any:  # noqa: ANN401  JSON is anything
    """The content for pages: its ISO days as days."""
    if isinstance(content, list):
        return [readable(each) for each in content]
    if not isinstance(content, dict):
        return content
    return {
        key: date.fromisoformat(value)
        if key in {"as_of", "on"} and isinstance(value, str)
        else readable(value)
        for key, value in content.items()
    }
