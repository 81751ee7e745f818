"""The vocabulary: one word, one meaning, each with the rules it comes from."""

from pathlib import Path

import pytest
from click.testing import CliRunner

import cx280
from cx280.circular.catalogue import is_known
from cx280.circular.commands import vocabulary
from cx280.circular.glossary import glossary, vocabulary_page

PAGE = Path(cx280.__file__).parent.parent / "docs" / "vocabulary.md"


@pytest.mark.proves("280.fn3")
def test_human_centered_design_is_defined_with_its_citation() -> None:
    found = glossary()["human-centered design"]

    assert found.meaning
    assert found.cites == "Executive Order 14058"
    assert "280.fn3" in found.rules


def test_terms_stand_in_alphabetical_order_and_once() -> None:
    assert list(glossary()) == sorted(glossary())


def test_a_term_names_rules_that_exist() -> None:
    assert not [rule for each in glossary().values() for rule in each.rules if not is_known(rule)]
    assert all(each.rules for each in glossary().values())


def test_the_page_in_the_documentation_is_the_vocabulary() -> None:
    printed = CliRunner().invoke(vocabulary, []).output

    assert printed == vocabulary_page()
    assert PAGE.read_text(encoding="utf-8") == printed, "write it again: cx280 vocabulary"
