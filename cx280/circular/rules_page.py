"""The documentation page that lists every rule: what it asks, whom, and where it is carried out."""

from collections.abc import Mapping, Sequence

from cx280.circular.catalogue import Requirement, catalogue, resolutions
from cx280.circular.edition import Edition

_INTRODUCTION = """# Rules by id

Every rule of Section 280 has an id: section, paragraph, number. Findings on screen, code and
tests name the same ids. The sentences are ours; the Circular itself is the authority. This page
is written by `cx280 conformance --markdown`; `cx280 conformance` adds the tests that prove each
rule.

**must** stops a survey, a certification or a report when it is broken. **should** asks for a
written reason. **encouraged** informs. **may** and **definition** shape what the system can hold.
"""

Places = Mapping[str, Sequence[str]]


def rules_page(edition: Edition, implemented: Places) -> str:
    """The page in Markdown. implemented: dotted names of the code behind a rule, by id."""
    lines = [_INTRODUCTION, f"Edition: {edition.title}.\n"]
    section = ""
    for each in catalogue().values():
        if each.section != section:
            section = each.section
            lines += _heading(each)
        lines.append(_row(each, edition, implemented))
    lines += [
        "\n## How we read what is unclear\n",
        "| id | question | our reading | where |",
        "|---|---|---|---|",
    ]
    for held in resolutions().values():
        where = _where(implemented.get(held.id, ()))
        lines.append(f"| {_anchor(held.id)} | {held.title} | {held.reading} | {where} |")
    return "\n".join(lines)


def _heading(first: Requirement) -> list[str]:
    return [
        f"\n## {first.section} {first.section_title}\n",
        "| id | what it asks | strength | binds | where |",
        "|---|---|---|---|---|",
    ]


def _row(each: Requirement, edition: Edition, implemented: Places) -> str:
    text = f"**{each.title}.** {each.requires}"
    for cited in edition.references_of(each.id).values():
        text += f" *See {_reference(cited)}*"
    where = each.reference or _where(implemented.get(each.id, ()))
    return f"| {_anchor(each.id)} | {text} | {each.strength.value} | {each.binds} | {where} |"


def _reference(cited: Mapping[str, object]) -> str:
    text = f"{cited['title']}"
    if "reads_as" in cited:
        text += f", read as {cited['reads_as']}"
    if "rescinded_by" in cited:
        text += f", rescinded by {cited['rescinded_by']} on {cited['rescinded_on']}"
    return f"{text}."


def _where(places: Sequence[str]) -> str:
    return ", ".join(f"`{each}`" for each in places) or "not yet"


def _anchor(rule_id: str) -> str:
    return f'<a id="{rule_id}"></a>{rule_id}'
