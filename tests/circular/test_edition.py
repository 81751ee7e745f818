"""An edition is data: the next one is a file and nothing else."""

import re
from pathlib import Path

import pytest

import cx280
from cx280.circular.deadlines import obligations_of
from cx280.circular.edition import FOLDER, edition, editions, read_edition
from cx280.kernel.problem import Unusable

FY2022 = edition("FY2022")


def test_the_edition_of_2022_offers_the_sixteen_statements_in_order() -> None:
    ids = [each.id for each in FY2022.statements]

    assert ids == [
        "T1", "T2", "S1", "S2", "EF1", "EF2", "EF3", "EF4",
        "EA1", "EA2", "SP1", "SP2", "EQ1", "TR1", "EM1", "EM2",
    ]  # fmt: skip


@pytest.mark.proves("280.10-j1")
def test_effectiveness_has_four_statements() -> None:
    assert [each.id for each in FY2022.statements_for("effectiveness")] == [
        "EF1", "EF2", "EF3", "EF4",
    ]  # fmt: skip
    assert {each.source for each in FY2022.statements_for("effectiveness")} == {"280.10-j1"}


@pytest.mark.proves("280.10-j2")
def test_ease_has_two_statements() -> None:
    assert [each.id for each in FY2022.statements_for("ease")] == ["EA1", "EA2"]
    assert {each.source for each in FY2022.statements_for("ease")} == {"280.10-j2"}


def test_every_statement_has_a_spanish_wording_with_the_same_slots() -> None:
    for each in FY2022.statements:
        spanish = each.translations["es"]
        assert all(f"[{slot}]" in spanish for slot in each.slots)
        assert spanish.count("[") == len(each.slots)


def test_statements_end_without_a_full_stop() -> None:
    wordings = [
        text for each in FY2022.statements for text in [each.text, *each.translations.values()]
    ]

    assert not [text for text in wordings if text.endswith(".")]


def test_trust_has_two_measures_that_differ() -> None:
    assert [each.measures for each in FY2022.statements_for("trust")] == [
        "trust_change",
        "trust_level",
    ]


def test_slots_are_named_as_the_circular_writes_them() -> None:
    assert FY2022.statement("T2").slots == ("Agency/Program/Service name", "relevant population")
    assert FY2022.statement("S1").slots == ()


def test_a_construct_informs_one_driver_or_none() -> None:
    of = FY2022.driver_of

    assert {getattr(of(each), "code", None) for each in ("equity", "transparency")} == {
        "equity_transparency"
    }
    assert of("trust") is None
    assert FY2022.driver_codes == (
        "effectiveness",
        "ease",
        "efficiency",
        "equity_transparency",
        "employee",
    )


def test_seven_service_types_have_help_text() -> None:
    assert len(FY2022.service_types) == 7
    assert all(len(each.help) > 40 for each in FY2022.service_types)
    assert getattr(FY2022.service_type("data_research"), "name", "") == "Data and Research"
    assert FY2022.service_type("other") is None


def test_limits_that_the_circular_does_not_print_are_named_as_ours() -> None:
    assert FY2022.limits.ours == ("questions_justify_above", "narrative_characters")
    assert (FY2022.limits.questions_max, FY2022.limits.minutes_max) == (15, 5.0)


@pytest.mark.proves("INC-31")
def test_a_memorandum_rescinded_later_says_by_what_and_when() -> None:
    found = FY2022.reference("m-17-06")

    assert (found["rescinded_by"], found["rescinded_on"].isoformat()) == ("M-23-22", "2023-09-22")


@pytest.mark.proves("INC-13")
def test_the_misprinted_section_of_the_performance_report_is_read_as_280_12() -> None:
    assert [each["reads_as"] for each in FY2022.references_of("280.10-s2").values()] == ["280.12"]


@pytest.mark.proves("280.16-a5", "INC-14")
def test_cross_references_come_from_the_edition(tmp_path: Path) -> None:
    moved = tmp_path / "fy2099.toml"
    text = (FOLDER / "fy2022.toml").read_text(encoding="utf-8")
    moved.write_text(text.replace("Section 200 of", "Section 100 of"), encoding="utf-8")

    before = [each["title"] for each in FY2022.references_of("280.16-a5").values()]
    after = [each["title"] for each in read_edition(moved).references_of("280.16-a5").values()]

    assert before == ["Section 200 of this Circular"]
    assert after == ["Section 100 of this Circular"]


def test_what_is_not_cited_is_refused() -> None:
    with pytest.raises(Unusable, match="cites nothing called m-99-99"):
        FY2022.reference("m-99-99")
    with pytest.raises(Unusable, match="has no statement T9"):
        FY2022.statement("T9")


@pytest.mark.proves("INC-36")
def test_misprints_are_read_as_meant_and_copied_nowhere() -> None:
    texts = [
        path.read_text(encoding="utf-8")
        for kind in ("toml", "html", "md", "txt")
        for path in Path(cx280.__file__).parent.rglob(f"*.{kind}")
    ]

    misprint = re.compile(r"e\.o\.|were a service took place|280\. 12", re.IGNORECASE)
    assert getattr(FY2022.driver_of("employee"), "family", "") == "People"
    assert not [text for text in texts if misprint.search(text)]


MADE_UP = """
id = "FY2099"
title = "A made-up edition with thumbs and one more driver"
circular_year = 2099
issued_on = 2099-01-01
effective_on = 2099-01-01

[[statements]]
id = "H1"
construct = "humanity"
text = "I was treated as a person by [provider]"
response = "thumbs"
source = "280.99-a1"

[[drivers]]
code = "humanity"
name = "Humanity"
family = "People"
constructs = ["humanity"]
help = "Were people treated as people?"
source = "280.99-a2"

[[service_types]]
code = "orbital"
name = "Orbital"
help = "Services in orbit."
source = "280.99-a3"

[limits]
questions_max = 3
questions_justify_above = 2
minutes_max = 1.0
free_text_max = 1
free_text_min = 0
likert_points = 2
designated_services_min = 1
transaction_hours = 24
narrative_characters = 100
newly_designated_target = "FY2100 Q1"
ours = []

[[obligations]]
code = "quarterly"
name = "Report"
scope = "service"
period = "quarter"
source = "280.99-b1"
rule = "last-business-day-of-next-month"
published_source = "280.99-b2"

[obligations.published]
"FY2099 Q1" = 2099-01-15
"""


@pytest.mark.proves("280.10-t1", "280.0-a1")
def test_a_second_edition_is_a_file_and_no_change_of_code(tmp_path: Path) -> None:
    (tmp_path / "fy2099.toml").write_text(MADE_UP, encoding="utf-8")
    before = edition("FY2022")

    found = edition("FY2099", tmp_path)

    dues = obligations_of(found, 2099)
    assert editions(tmp_path) == ["FY2099"]
    assert found.statement("H1").slots == ("provider",)
    assert found.driver_codes == ("humanity",)
    assert dues[0].due.isoformat() == "2099-01-15"
    assert [each.published for each in dues] == [True, False, False, False]
    assert edition("FY2022") == before == read_edition(FOLDER / "fy2022.toml")


TWIN = '[[service_types]]\ncode = "orbital"\nname = "x"\nhelp = "x"\nsource = "x"'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('id = "H1"', "", "is not an edition"),
        ('title = "A', 'titel = "A', "is not an edition"),
        ("questions_max = 3", "questions_max = 3\nquestions_min = 1", "questions_min"),
        ("[limits]", "[limits", "is not an edition"),
        ("[limits]", f"{TWIN}\n[limits]", "service type orbital twice"),
    ],
)  # fmt: skip
def test_a_broken_edition_is_refused_by_name(tmp_path: Path, old: str, new: str, said: str) -> None:
    broken = tmp_path / "fy2099.toml"
    broken.write_text(MADE_UP.replace(old, new, 1), encoding="utf-8")

    with pytest.raises(Unusable, match=said) as refused:
        read_edition(broken)

    assert "fy2099.toml" in refused.value.message


@pytest.mark.parametrize("wrong", ["FY1999", "../secrets", "fy2022.toml", ""])
def test_an_edition_nobody_has_is_refused_with_those_there_are(wrong: str) -> None:
    with pytest.raises(Unusable) as refused:
        edition(wrong)

    assert "FY2022" in refused.value.fix
