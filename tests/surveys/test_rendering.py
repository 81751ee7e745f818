"""A survey's questions become fields that need no script."""

from __future__ import annotations

from collections.abc import Mapping

from django.template.loader import render_to_string

from cx280.surveys.rules.document import SurveyDocument, read_document
from cx280.surveys.rules.rendering import question_views
from tests.builders import a_document


def _asking(*questions: Mapping[str, object], **fields: object) -> SurveyDocument:
    return read_document({"title": "Permits", "questions": list(questions), **fields})


def _drawn(document: SurveyDocument, locale: str = "en", **more: object) -> str:
    views = question_views(document, locale, **more)  # type: ignore[arg-type]
    return render_to_string("surveys/_questions.html", {"questions": views})


def test_a_field_is_named_as_its_question_and_its_values_are_codes() -> None:
    views = question_views(read_document(a_document()), "en")

    assert [each.name for each in views][:2] == ["trust", "satisfaction"]
    assert [each.value for each in views[0].choices] == ["5", "4", "3", "2", "1"]


def test_a_scale_drawn_low_first_sends_the_same_codes() -> None:
    document = read_document(a_document(scale_order="low_first"))

    trust = question_views(document, "en")[0]

    assert next((each.value, each.text) for each in trust.choices) == ("1", "Strongly disagree")


def test_what_was_typed_and_what_was_wrong_come_back() -> None:
    document = read_document(a_document())

    page = _drawn(
        document,
        given={"comment": ["Too <slow>"], "trust": ["4"]},
        errors={"trust": "Choose one of the five."},
    )

    assert "Too &lt;slow&gt;" in page
    assert 'value="4" id="q-trust-4" checked' in page
    assert "Choose one of the five." in page
    assert 'aria-describedby="q-trust-error"' in page


def test_spanish_words_and_spanish_labels_stand_together() -> None:
    document = _asking(
        {"id": "ease", "construct": "ease", "texts": {"en": "It was easy.", "es": "Fue fácil."}}
    )

    page = _drawn(document, "es")

    assert "Fue fácil." in page
    assert "Totalmente de acuerdo" in page


def test_a_language_written_from_right_to_left_says_so() -> None:
    document = _asking({"id": "ease", "texts": {"en": "It was easy.", "ar": "كان سهلا"}})

    assert 'dir="rtl"' in _drawn(document, "ar")


def test_a_branching_question_says_for_whom_it_is() -> None:
    document = _asking(
        {"id": "ease", "construct": "ease", "text": "It was easy."},
        {
            "id": "why",
            "construct": "comment",
            "text": "What was hard?",
            "show_if": {"question": "ease", "answers": [1, 2]},
        },
    )

    page = _drawn(document)

    assert "Only if you answered “Strongly disagree” or “Disagree” to “It was easy.”" in page


def test_no_part_of_a_question_needs_a_script_or_an_inline_style() -> None:
    kinds = ["stars5", "thumbs", "yesno", "number", "date", "text", "agree7", "agree10"]
    document = _asking(
        *({"id": f"q{i}", "text": kind, "response": kind} for i, kind in enumerate(kinds)),
        {"id": "one", "text": "One", "options": [{"text": "A"}]},
        {"id": "any", "text": "Any", "response": "choices", "options": [{"text": "A"}]},
    )

    page = _drawn(document)

    assert "<script" not in page
    assert "style=" not in page
    assert "required" not in page
