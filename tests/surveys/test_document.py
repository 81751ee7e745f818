"""What is no survey document is refused in one sentence that names the place and the key."""

from __future__ import annotations

import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.surveys.rules.codes import codes_of, is_shown, option_codes, with_codes
from cx280.surveys.rules.document import LARGEST, as_data, read_document
from tests.surveys.documents import comment, drivers, ease, extra, minimal, satisfaction, trust

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=20,
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"color": "red"}, "no key “color” in a survey document"),
        ({"mode": "fax"}, "mode is 'fax', which is none of: web, email, sms"),
        ({"level": 3}, "level"),
        ({"pages": 0}, "pages"),
        ({"hisp_reporting": "yes"}, "hisp_reporting cannot be used: expected `bool`"),
        ({"questions": {}}, "questions cannot be used"),
        ({"questions": [{"id": "a", "text": "A", "size": 1}]}, "“size” in a question"),
        ({"questions": [{"id": "a", "text": "A", "construct": "price"}]}, "questions[0].construct"),
        ({"questions": [{"id": "a", "text": "A", "mode": "both"}]}, "tapping, multiple_choice"),
        ({"questions": [{"text": "A"}]}, "“id” is missing in questions[0]"),
        ({"questions": [{"id": "a"}]}, "questions[0] (“a”) has no `text`"),
        ({"questions": [{"id": "a b", "text": "A"}]}, "questions[0].id"),
        ({"questions": [extra(0, options=[{"text": "A", "x": 1}])]}, "“x” in an option"),
        ({"questions": [extra(0), extra(0)]}, "the same id “extra0”"),
    ],
)
def test_a_fault_is_named_with_its_place(change: dict[str, Any], said: str) -> None:
    with pytest.raises(Unusable) as refused:
        read_document({**minimal(), **change})

    assert said in refused.value.message
    assert "\n" not in refused.value.message


@pytest.mark.parametrize(
    "raw",
    [b"", b"null", b"[1]", b"{", b"\xff\xfe", b'{"title": "\\ud800"}', b"[" * 100_000,
     b'{"a":' * 100_000, b" " * (LARGEST + 1)],
    ids=["empty", "null", "list", "cut", "bytes", "surrogate", "deep", "deep keys", "large"],
)  # fmt: skip
def test_what_is_no_document_at_all_is_refused(raw: bytes) -> None:
    with pytest.raises(Unusable):
        read_document(raw)


@given(JSON)
def test_any_json_is_a_document_or_refused_and_nothing_else(value: object) -> None:
    with contextlib.suppress(Unusable):
        read_document(json.dumps(value).encode())


@given(st.binary(max_size=200))
def test_any_bytes_are_a_document_or_refused(raw: bytes) -> None:
    with contextlib.suppress(Unusable):
        read_document(raw)


def test_a_document_written_out_and_read_again_is_the_same() -> None:
    document = read_document(
        minimal(
            trust(required=True),
            satisfaction(required=False),
            drivers(),
            ease(show_if={"question": "trust", "answers": [1, 2]}),
            comment(texts={"es": "¿Algo más?"}),
            titles={"es": "Permisos"},
            not_applicable=[{"driver": "employee"}],
        )
    )

    assert read_document(json.dumps(as_data(document)).encode()) == document


def test_the_keys_of_the_contract_are_always_written() -> None:
    data = as_data(read_document({"title": "T", "questions": []}))

    assert list(data) == [
        "edition", "title", "level", "mode", "placement", "service", "self_service",
        "hisp_reporting", "pages", "questions",
    ]  # fmt: skip


def test_a_draft_may_lack_words_and_nothing_else() -> None:
    blank = minimal(trust(text=""))

    assert read_document(blank, draft=True).questions[0].words() == ""
    with pytest.raises(Unusable):
        read_document({**blank, "color": 1}, draft=True)


@pytest.mark.proves("280.10-e4")
def test_the_order_on_the_screen_never_changes_what_a_point_is_stored_as() -> None:
    for order in ("high_first", "low_first"):
        document = read_document(minimal(scale_order=order))
        assert codes_of(document.questions[0]) == [1, 2, 3, 4, 5]


def test_codes_follow_the_driver_or_the_place_and_stay_when_written_out() -> None:
    options = [{"driver": "ease", "text": "Easy"}, {"text": "Other"}, {"code": "x", "text": "X"}]
    document = read_document(minimal(drivers(options=options)))

    written = with_codes(document)

    assert option_codes(document.questions[0]) == ["ease", "2", "x"]
    assert [each.code for each in written.questions[0].options] == ["ease", "2", "x"]
    assert with_codes(written) == written


@given(st.lists(st.sampled_from(["", "a", "b", "1", "2"]), max_size=6))
def test_no_two_options_of_a_question_share_a_code(given_codes: list[str]) -> None:
    options = [{"text": "T", **({"code": each} if each else {})} for each in given_codes]
    document = read_document(minimal(extra(0, options=options)))

    codes = option_codes(document.questions[0])

    assert len(set(codes)) == len(options)


def test_a_branching_question_is_shown_to_those_it_is_for() -> None:
    document = read_document(
        minimal(trust(), ease(show_if={"question": "trust", "answers": [1, 2]}))
    )
    branch = document.questions[1]

    assert is_shown(branch, {"trust": 2})
    assert not is_shown(branch, {"trust": 5})
    assert not is_shown(branch, {"trust": None})
    assert is_shown(document.questions[0], {})


def test_a_survey_speaks_the_languages_every_question_has() -> None:
    both = {"en": "A", "es": "B"}

    spanish = minimal(ease(text="", texts={"es": "B"}), comment(text="", texts=both))
    mixed = minimal(ease(texts=both), comment())

    assert read_document(spanish).locales == ["es"]
    assert read_document(mixed).locales == ["en"]
    assert read_document(minimal(ease(texts=both), comment(texts=both))).locales == ["en", "es"]
