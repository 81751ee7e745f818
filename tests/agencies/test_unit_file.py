"""The file of units: read strictly, taken over whole or not at all, back and forth without loss."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.utils import timezone

from cx280.agencies.actions import import_units
from cx280.agencies.commands import export_units
from cx280.agencies.commands import import_units as import_command
from cx280.agencies.models import Level, Organization
from cx280.agencies.queries import rows_of
from cx280.agencies.rules.unit_file import COLUMNS, read_units
from cx280.kernel.problem import Unusable
from tests.builders import a_unit, an_agency

FILE = """code,name,level,parent_code,time_zone
desk-1,Front desk,service_center,north,America/Denver
dept,Department of Rivers,department,,
north,Northern bureau,Bureau,DEPT,
"""


def written(units: object) -> str:
    lines = [",".join(COLUMNS)]
    lines += [",".join(f'"{cell}"' for cell in row.values()) for row in rows_of(units)]  # type: ignore[arg-type]
    return "\n".join(lines)


def test_parents_are_read_before_the_units_below_them() -> None:
    rows = read_units(FILE)

    assert [each.code for each in rows] == ["dept", "north", "desk-1"]
    assert rows[1].level == "bureau"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("code,name,level,colour\n", "do not know: colour"),
        ("code,name\n", "lacks the columns: level"),
        ("", "lacks the columns: code, name, level"),
        ("code,name,level\na b,X,bureau\n", "Line 2"),
        ("code,name,level\na,,bureau\n", "Line 2"),
        ("code,name,level\na,X,office\n", "none of: department"),
        ("code,name,level\na,X,bureau\na,Y,bureau\n", "stands in the file twice"),
        ("code,name,level,time_zone\na,X,bureau,Eastern\n", "not a time zone"),
        ("code,name,level,active_until\na,X,bureau,soon\n", "not a day"),
        ("code,name,level,executive_agency\na,X,bureau,maybe\n", "neither yes nor no"),
        ("code,name,level\na,X,bureau,more,cells\n", "more cells"),
        ('code,name,level\n"a"b,X,bureau\n', "not CSV"),
    ],
)
def test_a_file_at_fault_is_refused_with_its_line_and_words(text: str, words: str) -> None:
    with pytest.raises(Unusable) as caught:
        read_units(text)

    assert words in caught.value.message


@pytest.mark.django_db
def test_a_file_adds_a_whole_tree() -> None:
    done = import_units(read_units(FILE), actor="system", on=timezone.localdate())

    desk = Organization.objects.get(code="desk-1")
    assert done.as_dict() == {"added": 3, "changed": 0, "ended": 0, "unchanged": 0}
    assert desk.parent is not None
    assert (desk.parent.code, desk.time_zone) == ("north", "America/Denver")


@pytest.mark.django_db
def test_importing_twice_changes_nothing() -> None:
    import_units(read_units(FILE), actor="system", on=timezone.localdate())

    again = import_units(read_units(FILE), actor="system", on=timezone.localdate())

    assert again.as_dict() == {"added": 0, "changed": 0, "ended": 0, "unchanged": 3}


@pytest.mark.django_db
def test_what_was_exported_comes_back_unchanged() -> None:
    agency = an_agency(name="Rivers, Lakes & “Trails”")
    bureau = a_unit(agency, Level.BUREAU, abbreviation="NB", active_from=date(2010, 10, 1))
    a_unit(bureau, active_until=date(2021, 9, 30))
    before = written(Organization.objects.all())

    done = import_units(read_units(before), actor="system", on=timezone.localdate())

    assert done.unchanged == 3
    assert written(Organization.objects.all()) == before


@pytest.mark.django_db
def test_a_file_renames_moves_ends_and_reopens() -> None:
    import_units(read_units(FILE), actor="system", on=timezone.localdate())
    changed = (
        "code,name,level,parent_code,active_until\ndesk-1,Counter,service_center,dept,2021-09-30\n"
    )
    reopened = changed.replace("2021-09-30", "")

    first = import_units(read_units(changed), actor="system", on=timezone.localdate())
    second = import_units(read_units(reopened), actor="system", on=timezone.localdate())

    desk = Organization.objects.get(code="desk-1")
    assert (first.changed, first.ended, second.changed) == (1, 1, 1)
    assert desk.parent is not None
    assert (desk.name, desk.parent.code, desk.active_until) == ("Counter", "dept", None)


@pytest.mark.django_db
def test_a_file_ends_a_unit_and_everything_below_it() -> None:
    agency = an_agency("dept")
    a_unit(agency, Level.BUREAU, code="north")
    text = (
        "code,name,level,parent_code,active_until\n"
        "dept,D,department,,2021-09-30\nnorth,N,bureau,dept,2021-09-30\n"
    )

    done = import_units(read_units(text), actor="system", on=timezone.localdate())

    assert (done.ended, done.unchanged) == (2, 0)


@pytest.mark.django_db
def test_one_bad_line_takes_everything_back() -> None:
    text = FILE + "lost,Lost office,bureau,nowhere,\n"

    with pytest.raises(Unusable) as caught:
        import_units(read_units(text), actor="system", on=timezone.localdate())

    assert "Line 5, lost" in caught.value.message
    assert Organization.objects.count() == 0


@pytest.mark.django_db
def test_checking_only_changes_nothing() -> None:
    done = import_units(read_units(FILE), actor="system", on=timezone.localdate(), only_check=True)

    assert done.added == 3
    assert Organization.objects.count() == 0


@pytest.mark.django_db
def test_nobody_imports_into_a_part_of_the_tree_they_may_not_edit() -> None:
    mine, other = an_agency("mine"), an_agency("other")
    text = "code,name,level,parent_code\nnew-desk,Desk,bureau,other\n"

    with pytest.raises(Unusable, match="may not edit"):
        import_units(
            read_units(text),
            actor="lead@example.gov",
            on=timezone.localdate(),
            may_edit=lambda unit: unit is not None and mine.contains(unit),
        )

    assert not other.children.exists()


@pytest.mark.django_db
def test_the_commands_write_and_read_the_same_file(tmp_path: Path) -> None:
    import_units(read_units(FILE), actor="system", on=timezone.localdate())
    file = tmp_path / "units.csv"

    exported = CliRunner().invoke(export_units, ["-o", str(file), "--agency", "north"])
    imported = CliRunner().invoke(import_command, [str(file), "--json"])

    assert exported.exit_code == 0
    assert json.loads(imported.output)["unchanged"] == 2
