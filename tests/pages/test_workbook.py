"""Every XLSX has heads that stay, cells that can be read, and numbers that are numbers."""

from __future__ import annotations

import io

import openpyxl
import pytest

from cx280.pages.workbook import Sheet, Year, share, workbook_of

HEADS = ("Service", "Year", "People served", "Trust", "What people say")
ROWS = (
    ("Boat permits", Year(2023), 12_345, share(0.786), "They look for the price. " * 20),
    ("=1+1", Year(2023), None, share(None), "https://example.gov"),
)


@pytest.fixture(scope="module")
def book() -> openpyxl.Workbook:
    sheets = [Sheet("Services", HEADS, ROWS), Sheet("None", HEADS, ())]
    return openpyxl.load_workbook(
        io.BytesIO(workbook_of("Lakes & Rivers", "Department of Lakes", sheets))
    )


def test_numbers_are_numbers_shown_as_what_they_are(book: openpyxl.Workbook) -> None:
    sheet = book["Services"]

    shown = {
        head: (cell.value, cell.number_format) for head, cell in zip(HEADS, sheet[2], strict=True)
    }

    assert shown["Year"] == (2023, "0")
    assert shown["People served"] == (12_345, "#,##0")
    assert shown["Trust"] == (0.786, "0.0%")
    assert sheet["C3"].value is None
    assert sheet["A3"].data_type == "s"
    assert sheet["E3"].hyperlink is None


def test_long_text_has_the_room_it_takes(book: openpyxl.Workbook) -> None:
    sheet = book["Services"]

    assert sheet.column_dimensions["E"].width < 65
    assert (sheet.row_dimensions[2].height or 0) >= 9 * 15
    assert sheet["E2"].alignment.wrap_text
    assert sheet.row_dimensions[3].height is None  # the usual one


def test_heads_stay_on_the_screen_and_on_every_sheet_of_paper(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        assert [cell.value for cell in sheet[1]] == list(HEADS)
        assert sheet.freeze_panes == "A2"
        assert sheet.print_title_rows == "$1:$1"
        assert sheet.page_setup.orientation == "landscape"
    assert book.properties.title == "Lakes & Rivers"
    assert book["Services"].oddFooter.left.text == "Lakes && Rivers"
