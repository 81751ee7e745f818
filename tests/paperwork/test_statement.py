"""The draft of Supporting Statement A: 18 items, what is known in them, what is left in red."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.clearance.rules.ledger import Ceiling, Line, ledger
from cx280.paperwork.queries.umbrella import umbrella_of
from cx280.paperwork.rules.blocks import Grid, Heading, Listing, Text, words_of
from cx280.paperwork.rules.statement import Umbrella, statement_of
from cx280.paperwork.rules.wording import hours
from tests.builders import a_clearance
from tests.paperwork.builders import a_lead, an_approved_request

UMBRELLA = Umbrella(
    agency="Department of Rivers",
    title="Customer experience umbrella",
    control_number="1094-0123",
    starts_on=date(2021, 1, 1),
    expires_on=date(2023, 12, 31),
    ceiling=Ceiling(300_000, Decimal(15_000)),
    lines=(),
    permits_release=True,
)
LINES = st.lists(
    st.builds(
        Line,
        title=st.just("Permits"),
        kind=st.sampled_from(["survey", "customer_research", "usability_test"]),
        responses=st.integers(0, 10**6),
        minutes=st.decimals(0, 60, places=2),
        counts=st.booleans(),
        person_minutes=st.one_of(st.none(), st.decimals(0, 10**7, places=2)),
    ),
    max_size=5,
)


@pytest.mark.proves("280.11-a2")
def test_there_are_18_items_and_the_draft_says_that_it_is_one() -> None:
    document = statement_of(UMBRELLA)

    headings = [each.text for each in document.blocks if isinstance(each, Heading)]
    assert [each.split(".")[0] for each in headings] == [str(n) for n in range(1, 19)]
    assert "Draft" in document.standing
    assert any(isinstance(each, Text) and each.text.startswith("This is a draft")
               for each in document.blocks)  # fmt: skip


@given(LINES)
def test_item_12_adds_up_to_the_ledger(lines: list[Line]) -> None:
    document = statement_of(replace(UMBRELLA, lines=lines))
    table = next(each for each in document.blocks if isinstance(each, Grid))
    kept = ledger(UMBRELLA.ceiling, lines)

    assert table.rows[-1][2] == f"{kept.responses:,}"
    assert table.rows[-1][4] == hours(kept.hours)
    assert len(table.rows) == sum(each.counts for each in lines) + 1


def test_the_seven_special_circumstances_and_the_promises_of_the_dashboard_stand_in_it() -> None:
    lists = [each for each in statement_of(UMBRELLA).blocks if isinstance(each, Listing)]

    assert [len(each.entries) for each in lists] == [7, 7]


def test_what_is_not_known_is_left_to_the_agency_and_nothing_is_invented() -> None:
    red = [each.text for each in statement_of(UMBRELLA).blocks
           if isinstance(each, Text) and each.tone == "missing"]  # fmt: skip

    for subject in ("Federal Register", "review type", "wage rate", "cost to the Federal"):
        assert any(subject in each for each in red), subject


def test_results_that_may_not_be_public_promise_no_publication() -> None:
    said = words_of(statement_of(replace(UMBRELLA, permits_release=False)))

    assert "The terms of this clearance do not let results be made public." in said
    assert not any("are published" in each for each in said)


@pytest.mark.django_db
@pytest.mark.proves("280.11-a2")
def test_the_statement_knows_what_is_collected_under_the_clearance() -> None:
    request = an_approved_request()
    assert request.survey is not None

    found = umbrella_of(request.clearance)

    assert found.services == [request.survey.service.name]
    assert (found.federal_cost, found.languages) == (Decimal(1200), ["English"])
    assert [each.title for each in found.lines] == [request.title]


@pytest.mark.django_db
def test_the_statement_comes_as_word_and_page_to_those_who_see_the_clearance(
    sign_in: Callable[[Person], Client],
) -> None:
    clearance = a_clearance()
    lead = sign_in(a_lead(clearance))

    word = lead.get(f"/clearances/{clearance.pk}/statement/docx/")
    page = lead.get(f"/clearances/{clearance.pk}/statement/page/")

    paragraphs = [each.text for each in docx.Document(BytesIO(word.content)).paragraphs]
    assert "18. Exceptions to the certification statement" in paragraphs
    assert b"Draft made by cx280" in page.content
    assert f"/clearances/{clearance.pk}/statement/docx/" in str(
        lead.get(f"/clearances/{clearance.pk}/").content
    )
    stranger = sign_in(a_lead(a_clearance()))
    assert stranger.get(f"/clearances/{clearance.pk}/statement/page/").status_code == 404
