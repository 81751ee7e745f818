"""What to modernize first: by impact, and at the same impact providers before others."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.designation.rules.backlog import Work, in_order
from cx280.services.models import ServiceReview, ServiceVolume
from tests.builders import a_hisp, a_person, a_service, an_agency

WORK = some.builds(
    Work, some.text("ab", max_size=3), some.text("ab", max_size=3), some.sampled_from(["", "H"]),
    some.none() | some.sampled_from([0.25, 0.5, 0.75]), some.just(("why",)),
)  # fmt: skip


@pytest.mark.proves("280.17-e4")
@given(some.lists(WORK, max_size=8))
def test_hisp_services_sort_first_at_the_same_score(work: list[Work]) -> None:
    ordered = in_order(work)

    for one, other in pairwise(ordered):
        if one.score is None:
            assert other.score is None
        elif other.score is not None:
            assert one.score >= other.score
        if one.score == other.score:
            assert one.hisp or not other.hisp


@pytest.mark.proves("280.17-e4")
@pytest.mark.django_db
def test_the_page_orders_what_reviews_found_and_leaves_out_the_rest(
    sign_in: Callable[[Person], Client],
) -> None:
    agency = an_agency()
    hisp = a_hisp(agency, name="Rivers and Trails")
    names = (("Zebra counts", hisp), ("Ant counts", None), ("Bee counts", None))
    services = [a_service(agency, name=name, hisp=given) for name, given in names]
    for service, customers in zip(services, (500, 500, 900), strict=True):
        ServiceVolume.objects.create(
            service=service, fiscal_year=2022, customers=customers, source="Counts"
        )
    for each in services[:2]:
        ServiceReview.objects.create(
            service=each, reviewed_on=date(2022, 3, 1), outcome="digitise", reason="Book online."
        )
    client, address = sign_in(a_person(Role.CX_LEAD, agency)), reverse("designation:backlog")

    page = client.get(address).content.decode()
    file = client.get(f"{address}?table=1")
    lines = b"".join(file.streaming_content).decode().splitlines()  # type: ignore[attr-defined]

    assert page.index("Zebra counts") < page.index("Ant counts")
    assert "Bee counts" not in page
    assert lines[1].endswith(
        ",Zebra counts,Rivers and Trails,0.3333,Review of Mar 2022: Book online."
    )
    omb = sign_in(a_person(Role.OMB_REVIEWER))
    assert omb.get(address).status_code == 403
