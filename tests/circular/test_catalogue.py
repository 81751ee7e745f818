"""The catalogue is whole: every section, every strength, every resolution."""

from collections import Counter

import pytest

from cx280.circular.catalogue import Strength, catalogue, is_known, requirement, resolutions
from cx280.circular.edition import edition, editions
from cx280.kernel.problem import NotFound

# section: rows, must, should, encouraged, may, definition
TOTALS = {
    "280.0": (4, 0, 0, 0, 1, 3),
    "280.1": (3, 2, 1, 0, 0, 0),
    "280.2": (2, 0, 0, 0, 1, 1),
    "280.3": (10, 0, 2, 0, 0, 8),
    "280.4": (33, 0, 12, 0, 1, 20),
    "280.5": (7, 7, 0, 0, 0, 0),
    "280.6": (5, 2, 0, 2, 0, 1),
    "280.7": (24, 1, 15, 2, 2, 4),
    "280.8": (11, 0, 0, 0, 0, 11),
    "280.9": (23, 0, 21, 0, 2, 0),
    "280.10": (71, 15, 26, 1, 15, 14),
    "280.11": (9, 2, 3, 0, 3, 1),
    "280.12": (4, 0, 3, 0, 1, 0),
    "280.13": (15, 8, 2, 0, 1, 4),
    "280.14": (15, 14, 0, 0, 1, 0),
    "280.15": (5, 2, 2, 0, 1, 0),
    "280.16": (7, 5, 1, 0, 1, 0),
    "280.17": (18, 14, 3, 0, 1, 0),
    "280.fn": (3, 0, 0, 0, 0, 3),
}


def test_every_section_has_its_rows_by_strength() -> None:
    counted = {
        section: (sum(by.values()), *(by[strength] for strength in Strength))
        for section in TOTALS
        for by in [Counter(row.strength for row in catalogue().values() if row.section == section)]
    }

    assert counted == TOTALS
    assert list(dict.fromkeys(row.section for row in catalogue().values())) == list(TOTALS)


def test_the_whole_catalogue_has_269_rows() -> None:
    by_strength = Counter(row.strength.value for row in catalogue().values())
    by_bound = Counter(row.binds for row in catalogue().values())

    assert len(catalogue()) == 269
    assert by_strength == {"should": 91, "must": 72, "definition": 70, "may": 31, "encouraged": 5}
    assert by_bound == {"all agencies": 190, "HISPs": 52, "OMB": 25, "nobody": 2}


def test_six_rows_are_background_only_and_say_why() -> None:
    background = {row.id for row in catalogue().values() if row.reference}

    assert background == {
        "280.3-a6", "280.9-fn5", "280.10-j6", "280.11-b4", "280.fn1", "280.fn2",
    }  # fmt: skip


def test_every_row_lies_in_its_section_and_speaks_in_one_sentence() -> None:
    for row in catalogue().values():
        assert row.id.startswith(row.section)
        assert row.title
        assert row.requires.endswith(".")
        assert ". " not in row.requires


def test_forty_five_resolutions_stand_in_order() -> None:
    assert list(resolutions()) == [f"INC-{number:02}" for number in range(1, 46)]
    assert {each.weight for each in resolutions().values()} == {"A", "B", "C"}


def test_a_rule_nobody_knows_is_refused() -> None:
    with pytest.raises(NotFound, match=r"no rule 280\.99-z9"):
        requirement("280.99-z9")

    assert requirement("280.10-g2").strength is Strength.MUST
    assert is_known("INC-07")
    assert not is_known("INC-46")


@pytest.mark.parametrize("name", editions())
def test_an_edition_cites_only_rules_that_exist(name: str) -> None:
    found = edition(name)
    cited = {each.source for each in found.statements}
    cited |= {each.source for each in found.drivers}
    cited |= {each.source for each in found.service_types}
    cited |= {each.source for each in found.obligations}
    for reference in found.references.values():
        cited.update(reference["cited_in"])

    assert not [each for each in cited if not is_known(each)]
