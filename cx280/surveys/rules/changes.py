"""What a button of the builder does to a draft: `use:trust:T1`, `move:ease:-1`, `add:S2`."""

from __future__ import annotations

import msgspec

from cx280.circular.edition import Edition
from cx280.kernel.problem import Unusable
from cx280.surveys.rules import editing
from cx280.surveys.rules.document import Option, SurveyDocument
from cx280.surveys.rules.library import Names, Offer, offers, texts_of
from cx280.surveys.rules.supplementary import supplementary_offers
from cx280.surveys.rules.templates import Start, statements_for
from cx280.surveys.rules.vocabulary import Construct


def carried_out(
    document: SurveyDocument, button: str, edition: Edition, start: Start
) -> SurveyDocument:
    """The draft after a button; raises Unusable for a button that does not exist.

    start: what is known of the service, for names in slots and drivers to offer.
    """
    word, *rest = button.split(":")
    try:
        return _carried_out(document, word, rest, edition, start)
    except (IndexError, ValueError) as problem:
        raise Unusable(f"“{button}” is nothing this page can do.") from problem


def _carried_out(
    document: SurveyDocument, word: str, rest: list[str], edition: Edition, start: Start
) -> SurveyDocument:
    match word:
        case "save":
            return document
        case "add":
            return editing.add_statement(document, _to_add(document, rest[0], edition, start))
        case "ask":
            options = driver_options(document, edition, start)
            return editing.add_question(document, rest[0], options)
        case "drivers":
            return _with_drivers(document, edition, start)
        case "pages":
            return msgspec.structs.replace(document, pages=1)
        case _:
            return _changed(document, word, rest, edition, start)


def _changed(
    document: SurveyDocument, word: str, rest: list[str], edition: Edition, start: Start
) -> SurveyDocument:
    question_id = rest[0]
    match word:
        case "use":
            offer = _offer(rest[1], edition, start.names)
            return editing.use_statement(document, question_id, offer)
        case "remove":
            return editing.remove(document, question_id)
        case "move":
            return editing.move(document, question_id, int(rest[1]))
        case "longer":
            return editing.add_option(document, question_id)
        case "shorter":
            return editing.remove_option(document, question_id, int(rest[1]))
        case "optional":
            return editing.make_optional(document, question_id)
        case "agree5":
            return editing.make_agree5(document, question_id)
        case "under":
            return editing.with_fields(document, {f"{question_id}.parent": rest[1]})
        case "file":
            return editing.with_fields(document, {f"{question_id}.construct": rest[1]})
        case _:
            raise ValueError(word)


def _to_add(document: SurveyDocument, name: str, edition: Edition, start: Start) -> Offer:
    """A statement of the edition, or one of our own about a journey where they are offered."""
    own = {each.statement: each for each in supplementary_offers(document)}
    return own.get(name) or _offer(name, edition, start.names)


def _offer(statement_id: str, edition: Edition, names: Names) -> Offer:
    for each in offers(edition, names):
        if each.statement == statement_id:
            return each
    raise ValueError(statement_id)


def driver_options(document: SurveyDocument, edition: Edition, start: Start) -> list[Option]:
    """The choices a question about drivers starts with: one statement each, and other."""
    chosen = [edition.statement(each) for each in statements_for(edition, start, document.mode)]
    listed = [
        Option(texts=texts_of(each, start.names), driver=each.construct, code=each.construct)
        for each in chosen
    ]
    other = Option(texts={"en": "Something else", "es": "Otra cosa"}, code="other", other=True)
    return [*listed, other]


def _with_drivers(document: SurveyDocument, edition: Edition, start: Start) -> SurveyDocument:
    """One statement for each driver that is not asked about yet."""
    asked = {each.construct for each in document.questions}
    for statement_id in statements_for(edition, start, document.mode):
        if Construct.of(edition.statement(statement_id).construct) not in asked:
            offer = _offer(statement_id, edition, start.names)
            document = editing.add_statement(document, offer)
    return document
