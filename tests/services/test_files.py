"""An inventory written to a file and read back is the same inventory."""

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.problem import Unusable
from cx280.services.rules import items
from cx280.services.rules.inventory_csv import COLUMNS, from_csv, to_csv
from cx280.services.rules.inventory_json import digest_of, from_json, snapshot, to_json
from cx280.services.rules.record import PartnerRecord, ServiceRecord, VolumeRecord, problems_of
from cx280.services.rules.worksheet import HEADINGS, code_of, from_worksheet, to_worksheet
from tests.services.records import INVENTORIES, RECORDS, TEXT, WORDS


def by_code(records: list[ServiceRecord]) -> list[ServiceRecord]:
    return sorted(records, key=lambda record: record.code)


@pytest.mark.proves("280.4-g1")
@given(INVENTORIES)
def test_csv_and_json_lose_nothing(records: list[ServiceRecord]) -> None:
    assert from_csv("".join(to_csv(records))) == (by_code(records), [])
    assert from_json(to_json(records)) == (by_code(records), [])


@given(RECORDS)
def test_every_record_a_person_can_write_can_be_stored(record: ServiceRecord) -> None:
    assert problems_of(record) == []


@pytest.mark.proves("280.4-g8")
@given(RECORDS)
def test_a_worksheet_has_five_headings_in_order_and_loses_nothing(record: ServiceRecord) -> None:
    sheet = to_worksheet(record)
    bare = ServiceRecord(code=record.code, name=record.name, unit=record.unit)

    found = from_worksheet(sheet, bare)

    headings = [line[3:] for line in sheet.split("\n") if line.startswith("## ")]
    assert headings == list(HEADINGS) == ["Occasion", "Offering", "Channels", "Roles", "Tools"]
    assert code_of(sheet) == record.code
    for part in ("occasion", "occasion_kind", "offering", "outcome", "channels", "roles", "tools"):
        assert getattr(found, part) == getattr(record, part), part


def test_a_worksheet_without_a_heading_is_refused() -> None:
    record = ServiceRecord(code="permits", name="Permits", unit="office")

    with pytest.raises(Unusable, match="Occasion, Offering, Channels, Roles, Tools"):
        from_worksheet("# permits\n## Offering\nA permit.\n", record)


@given(st.lists(st.lists(TEXT, min_size=1, max_size=3), max_size=4))
def test_items_in_a_cell_are_read_as_they_were_written(rows: list[list[str]]) -> None:
    def trimmed(row: list[str]) -> list[str]:
        while len(row) > 1 and not row[-1]:
            row = row[:-1]
        return row

    kept = [trimmed(row) for row in rows if any(row)]

    assert [trimmed(row) for row in items.read(items.written(rows))] == kept


def test_items_are_easy_to_write_by_hand() -> None:
    cell = "Counter clerk | employee;Chat bot|automated ; Clerk \\| scribe | contractor"

    assert items.read(cell) == [
        ["Counter clerk", "employee"],
        ["Chat bot", "automated"],
        ["Clerk | scribe", "contractor"],
    ]


@given(RECORDS, WORDS)
def test_no_cell_runs_as_a_formula(record: ServiceRecord, words: str) -> None:
    risky = ServiceRecord(code=record.code, name=f"={words}", unit="unit-1", occasion=f"@{words}")

    rows = list(csv.reader(io.StringIO("".join(to_csv([record, risky])), newline="")))

    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row
    )


def test_a_table_with_an_unknown_column_is_refused_by_name() -> None:
    with pytest.raises(Unusable, match="colour"):
        from_csv("code,name,unit,colour\n")


def test_a_table_without_codes_is_refused() -> None:
    with pytest.raises(Unusable, match="lacks the column code"):
        from_csv("name,unit\nBoats,office\n")


def test_a_table_with_few_columns_in_any_order_is_read() -> None:
    records, problems = from_csv("\ufeffunit,name,code\noffice,Boats,boats\n\n")

    assert records == [ServiceRecord(code="boats", name="Boats", unit="office")]
    assert problems == []


def test_a_bad_row_is_told_and_the_others_are_read() -> None:
    records, problems = from_csv(
        "code,name,unit,roles,retired_on\nboats,Boats,office,Clerk,\ncamps,Camps,office,,someday\n"
        "trails,Trails,office,Ranger | employee,2021-01-31\n"
    )

    assert [each.code for each in records] == ["trails"]
    assert [each.row for each in problems] == [1, 2]
    assert "someday" in problems[1].message


def test_json_with_an_unknown_key_is_refused_by_name() -> None:
    text = json.dumps({"services": [{"code": "a", "name": "A", "unit": "u", "colour": "red"}]})

    records, problems = from_json(text)

    assert records == []
    assert "colour" in problems[0].message


@pytest.mark.parametrize("text", ["{", "[1, 2", '{"services": 3}', "[" * 100_000])
def test_what_is_no_inventory_is_unusable(text: str) -> None:
    with pytest.raises(Unusable):
        from_json(text)


@pytest.mark.parametrize(
    "record",
    [
        ServiceRecord(code="not a code", name="A", unit="u"),
        ServiceRecord(code="providers", name="A", unit="u"),
        ServiceRecord(code="a", name="A" * 201, unit="u"),
        ServiceRecord(code="a", name="A\x00", unit="u"),
        ServiceRecord(code="a", name="A", unit="u", process_kind="magic"),
        ServiceRecord(code="a", name="A", unit="u", tools=("T", "T")),
        ServiceRecord(code="a", name="A", unit="u", tools=("T" * 201,)),
        ServiceRecord(code="a", name="A", unit="u", eligible_population=-1),
        ServiceRecord(code="a", name="A", unit="u", eligible_population=10**30),
        ServiceRecord(code="a", name="A\ud800", unit="u"),
        ServiceRecord(code="a", name="A", unit="u", website="javascript:alert(1)"),
        ServiceRecord(code="a", name="A", unit="u", service_type="x" * 31),
        ServiceRecord(code="a", name="A", unit="u", tools=(" ",)),
        ServiceRecord(
            code="a",
            name="A",
            unit="u",
            volumes=(VolumeRecord(fiscal_year=2021, customers=1, source=" "),),
        ),
        ServiceRecord(code="a", name="A", unit="u", partners=(PartnerRecord(contact="x"),)),
    ],
)
def test_a_record_that_cannot_be_stored_says_why(record: ServiceRecord) -> None:
    assert problems_of(record)


@pytest.mark.proves("280.5-a1")
@given(INVENTORIES)
def test_the_digest_of_an_inventory_changes_only_with_its_public_content(
    records: list[ServiceRecord],
) -> None:
    whole = snapshot(records)
    changed = [ServiceRecord(code="extra-service-1", name="More", unit="unit-1"), *records]

    assert digest_of(snapshot(records[::-1])) == digest_of(whole)
    assert digest_of(json.loads(json.dumps(whole))) == digest_of(whole)
    assert digest_of(snapshot(changed)) != digest_of(whole)


def test_a_snapshot_tells_nothing_personal() -> None:
    record = ServiceRecord(
        code="a",
        name="A",
        unit="u",
        traditional_exemption_by="Pat Doe",
        partners=(PartnerRecord(name="State", contact="pat@example.gov"),),
    )

    assert "Pat Doe" not in json.dumps(snapshot([record]))
    assert "pat@example.gov" not in json.dumps(snapshot([record]))


def test_the_columns_are_the_fields_of_a_record() -> None:
    assert COLUMNS[:3] == ("code", "name", "unit")
    assert len(set(COLUMNS)) == 30
