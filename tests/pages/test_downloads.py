"""Downloads: no formula runs, nothing is lost, names are sane, memory stays small."""

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.http import StreamingHttpResponse
from hypothesis import given, settings
from hypothesis import strategies as st

from cx280.pages import downloads

CELLS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=30)


def read(response: StreamingHttpResponse) -> str:
    """The whole body as text."""
    return b"".join(response).decode()


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe(cell: str) -> None:
    assert downloads.safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-3", "+4.5", "-1,234", "1e-3", "-12 %", "plain", "a=b", ""])
def test_numbers_and_plain_words_stay_as_they_are(cell: str) -> None:
    assert downloads.safe_cell(cell) == cell


@pytest.mark.parametrize("cell", ["-", "+", "-%", "--1", "-1-1"])
def test_a_sign_without_a_number_is_no_number(cell: str) -> None:
    assert downloads.safe_cell(cell) == f"'{cell}"


def test_values_are_written_plainly() -> None:
    values = [None, True, False, 3, 2.5, Decimal("1.10"), date(2022, 1, 28)]

    said = [downloads.safe_cell(each) for each in values]

    assert said == ["", "yes", "no", "3", "2.5", "1.10", "2022-01-28"]


def test_a_csv_download_is_named_streamed_and_read_by_excel_as_utf_8() -> None:
    response = downloads.csv_response("Boat permits, Q4", ["Office", "Said"], [["Spokane", "sí"]])

    assert response["Content-Disposition"] == 'attachment; filename="Boat-permits-Q4.csv"'
    assert response.streaming
    assert read(response) == "\ufeffOffice,Said\r\nSpokane,sí\r\n"


def test_rows_are_taken_only_as_they_are_sent() -> None:
    taken = []

    def rows() -> Iterator[list[int]]:
        for number in range(2_000):
            taken.append(number)
            yield [number]

    pieces = downloads.csv_lines(["n"], rows())
    next(pieces)

    assert len(taken) == 500


@settings(deadline=None)
@given(st.lists(st.lists(CELLS, min_size=2, max_size=2), max_size=20))
def test_a_csv_reads_back_but_for_the_apostrophes(rows: list[list[str]]) -> None:
    said = "".join(downloads.csv_lines(["a", "b"], rows))

    found = list(csv.reader(io.StringIO(said, newline="")))[1:]

    assert [[cell.removeprefix("'") for cell in row] for row in found] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]


@settings(deadline=None)
@given(CELLS)
def test_no_cell_begins_like_a_formula_unless_it_is_a_number(cell: str) -> None:
    said = downloads.safe_cell(cell)

    if said[:1] in {"=", "@", "\t", "\r"}:
        pytest.fail(f"{said!r} would run")
    if said[:1] in {"+", "-"}:
        float(said.replace(",", "").rstrip("% "))


@settings(deadline=None)
@given(CELLS)
def test_a_file_name_holds_nothing_a_file_system_dislikes(name: str) -> None:
    said = downloads.safe_name(name, "csv")

    assert said.endswith(".csv")
    assert not said.startswith((".", "-"))
    assert set(said) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")


def test_json_keeps_letters_and_writes_days_as_iso() -> None:
    response = downloads.json_response("x", {"said": "sí", "on": date(2022, 1, 28)})

    assert json.loads(response.content) == {"said": "sí", "on": "2022-01-28"}
    assert "sí".encode() in response.content
