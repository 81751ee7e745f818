"""Responses as Parquet: typed columns, nothing where nobody answered, whole or not there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from cx280.kernel.problem import Unusable
from cx280.responses.commands import export_responses
from cx280.responses.documents.parquet import write_parquet
from cx280.responses.rules.columns import Kind, kinds_of
from cx280.surveys.rules.document import read_document
from tests.builders import a_response, some_words
from tests.responses.test_files import TAPPING
from tests.responses.visits import an_open_survey


@pytest.mark.django_db
def test_columns_have_types_and_nothing_where_nobody_answered(tmp_path: Path) -> None:
    version = an_open_survey(**TAPPING)
    shown = a_response(version, answers={"trust": 1, "why": ["ease"]}, seconds=40)
    a_response(version, answers={"trust": None})
    some_words(shown, "=1+1")
    target = tmp_path / "out.parquet"

    done = CliRunner().invoke(
        export_responses,
        ["--survey", version.survey.code, "--format", "parquet", "-o", str(target)],
    )

    assert done.exit_code == 0, done.output
    table = pq.read_table(target)
    types = {field.name: str(field.type) for field in table.schema}
    assert [types[each] for each in ("trust", "day", "seconds", "why.ease", "comment")] == [
        "int32", "date32[day]", "int32", "int8", "string",
    ]  # fmt: skip
    [given, blank] = sorted(table.to_pylist(), key=lambda each: each["trust"] is None)
    assert (given["trust"], given["why.ease"], given["seconds"]) == (1, 1, 40)
    assert given["comment"] == "=1+1"  # no spreadsheet runs it, so it stays as it is
    assert isinstance(given["day"], date)
    assert (blank["trust"], blank["why.ease"], blank["unit"]) == (None, None, None)
    assert [each.name for each in tmp_path.iterdir()] == ["out.parquet"]


def test_a_file_that_failed_is_not_there(tmp_path: Path) -> None:
    def broken() -> Iterator[list[object]]:
        yield ["a"]
        raise Unusable("The record is gone.")

    with pytest.raises(Unusable):
        write_parquet(tmp_path / "out.parquet", ["unit"], {"unit": Kind.TEXT}, broken())

    assert list(tmp_path.iterdir()) == []


def test_answers_in_numbers_and_later_in_words_are_text() -> None:
    documents = []
    for scale in ("agree5", "thumbs", "choice"):
        document: dict[str, Any] = copy.deepcopy(TAPPING)
        document["questions"][0] |= {"response": scale, "options": [{"text": "Yes"}]}
        documents.append(read_document(document, draft=True))

    assert kinds_of(documents[:2])["trust"] is Kind.WHOLE
    assert kinds_of(documents)["trust"] is Kind.TEXT
    assert kinds_of(documents)["why.ease"] is Kind.TICK
