"""Answers that a link chooses beforehand: `?a.trust=5`, as the links of a message do.

Opening such a link stores nothing: mail scanners open every link. It only draws the page with that
answer chosen; the person sends it, or chooses another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from cx280.circular.implements import implements
from cx280.delivery.rules.letters import ANSWER
from cx280.surveys.rules.codes import codes_of
from cx280.surveys.rules.document import SurveyDocument


@implements("280.10-k4")
def prefilled(
    document: SurveyDocument, parameters: Iterable[tuple[str, Sequence[str]]]
) -> Mapping[str, Sequence[str]]:
    """{question id: [code]} of the answers that exist; whatever else an address says is left out.

    One answer a question: what a link says twice chooses nothing.
    """
    found: dict[str, Sequence[str]] = {}
    for name, values in parameters:
        question = document.question(name.removeprefix(ANSWER)) if name.startswith(ANSWER) else None
        if question is None or question.is_free_text or len(values) != 1:
            continue
        if values[0] in {str(code) for code in codes_of(question)}:
            found[question.id] = values
    return found
