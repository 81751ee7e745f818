"""The burden counts the public; Federal employees stay in every score, and apart on request."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.clearance import queries as clearances
from cx280.kernel.quarter import Quarter, fiscal_year_of
from cx280.measures import queries as measures
from cx280.measures.tasks import refresh_facts
from cx280.responses import actions
from cx280.responses.models import Response
from cx280.responses.queries import burden_of, years_of
from cx280.responses.rules.burden import Burden, totals, whole
from cx280.responses.rules.importing import read_map
from cx280.surveys.models import Survey, SurveyVersion
from tests.builders import a_hisp, a_person, a_response, a_survey, a_unit, a_version

SignIn = Callable[[Person], Client]
STAFF = "federal_employee"
LINES = st.lists(
    st.builds(
        Burden,
        survey=st.just("S"),
        code=st.just("s"),
        service=st.sampled_from(["Permits", "Maps"]),
        provider=st.sampled_from(["", "Boats"]),
        fiscal_year=st.just(2026),
        public=st.integers(0, 10**6),
        employees=st.integers(0, 1000),
        minutes=st.sampled_from([None, Decimal(2), Decimal("2.25")]),
    ),
    max_size=4,
)


def text_of(response: Any) -> str:  # noqa: ANN401
    """The page's words and tags with single spaces."""
    return " ".join(response.content.decode().split())


def many(version: SurveyVersion, n: int, **fields: Any) -> None:
    """That many answers of today, quickly."""
    now, today = timezone.now(), timezone.localdate()
    answers = {"trust": 5, "satisfaction": 4}
    Response.objects.bulk_create(
        Response(
            **{"version": version, "channel": "website", "day": today, "received_at": now,
               "answers": answers, **fields}
        )
        for _ in range(n)
    )  # fmt: skip


@pytest.fixture
def mixed(db: None) -> SurveyVersion:
    """500 of the public who agree, 200 employees who do not, 3 robots; three minutes each."""
    survey = a_survey()
    assert survey.collection is not None
    survey.collection.minutes = Decimal(3)
    survey.collection.save()
    version = a_version(survey)
    many(version, 500)
    many(version, 200, customer_type=STAFF, answers={"trust": 1, "satisfaction": 2})
    many(version, 3, suspected="sent faster than anybody reads")
    return version


def this_year() -> int:
    return fiscal_year_of(timezone.localdate())


@pytest.mark.proves("280.2-a2", "INC-28", "280.10-a4")
def test_five_hundred_of_the_public_and_two_hundred_employees_are_a_burden_of_five_hundred(
    mixed: SurveyVersion,
) -> None:
    (line,) = burden_of(Survey.objects.all(), this_year())

    assert (line.public, line.employees) == (500, 200)
    assert line.hours == Decimal(25)  # 500 x 3 / 60


@pytest.mark.proves("280.10-a4")
def test_an_answer_of_another_fiscal_year_is_that_years_burden(mixed: SurveyVersion) -> None:
    last_day = Quarter(this_year() - 1, 4).last_day
    many(mixed, 4, day=last_day)

    (before,) = burden_of(Survey.objects.all(), this_year() - 1)
    (now,) = burden_of(Survey.objects.all(), this_year())

    assert (before.public, now.public) == (4, 500)
    assert years_of(Survey.objects.all(), timezone.localdate()) == [this_year(), this_year() - 1]


@pytest.mark.proves("280.10-a4")
@given(LINES)
def test_totals_by_service_are_the_whole_and_each_answer_counts_once(lines: list[Burden]) -> None:
    by_service = totals(lines, lambda each: each.service)

    assert sum(each.public for each in by_service) == whole(lines).public
    hours = sum((each.hours for each in by_service), Decimal(0))
    assert abs(hours - whole(lines).hours) < Decimal("0.000001")
    for each in lines:
        assert each.hours == each.public * (each.minutes or Decimal(0)) / 60


@pytest.mark.proves("280.10-a4", "280.3-b4")
def test_a_service_shared_by_three_bureaus_rolls_up_once(mixed: SurveyVersion) -> None:
    service = mixed.survey.service
    service.hisp = a_hisp(service.owner, name="Boats")
    service.save()
    for _ in range(3):
        service.partners.create(organization=a_unit(service.owner), name="A bureau")

    lines = burden_of(Survey.objects.all(), this_year())
    (provider,) = totals(lines, lambda each: each.provider)

    assert (provider.name, provider.public) == ("Boats", 500)


@pytest.mark.proves("280.10-a4", "280.2-a2")
def test_the_page_and_its_file_show_the_burden_by_survey_service_and_provider(
    sign_in: SignIn, mixed: SurveyVersion
) -> None:
    service = mixed.survey.service
    service.hisp = a_hisp(service.owner, name="Boat Office")
    service.save()
    client = sign_in(a_person(Role.CX_LEAD, service.owner))

    page = text_of(client.get(reverse("responses:burden")))
    file: Any = client.get(reverse("responses:burden-file"))
    (row,) = csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig")))

    assert "Our surveys took 25 hours of the public" in page
    assert "By Service" in page
    assert "Boat Office" in page
    assert (row["answers_of_the_public"], row["answers_of_federal_employees"]) == ("500", "200")
    assert float(row["burden_hours"]) == 25


@pytest.mark.django_db
def test_before_anybody_answered_the_page_says_so(sign_in: SignIn) -> None:
    lead = a_person(Role.CX_LEAD)

    page = text_of(sign_in(lead).get(reverse("responses:burden")))

    assert "Nobody answered a survey in" in page


@pytest.mark.proves("280.11-a2", "280.2-a2", "INC-28")
def test_the_ledger_shows_what_the_public_used_so_far(
    sign_in: SignIn, mixed: SurveyVersion
) -> None:
    collection = mixed.survey.collection
    assert collection is not None
    clearance = collection.clearance
    client = sign_in(a_person(Role.CX_LEAD, mixed.survey.service.owner))

    answered = clearances.answered_under(clearance)
    page = text_of(client.get(reverse("clearance:clearance", args=[clearance.pk])))

    assert answered == {collection.pk: 500}
    assert clearances.use_of(clearance, answered).hours == Decimal(25)
    assert "<strong>500 used so far</strong>" in page
    assert "<strong>25 used so far</strong>" in page


@pytest.mark.proves("280.2-a2", "INC-28")
def test_scores_can_be_filtered_to_employees_and_to_the_public(mixed: SurveyVersion) -> None:
    refresh_facts(timezone.now())
    quarter = Quarter.of(timezone.localdate())
    everybody = measures.question_counts(mixed.survey.service, quarter)

    staff = measures.part_of(everybody, quarter, "federal_employee")[0]
    public = measures.part_of(everybody, quarter, "public")[0]

    assert everybody[0].question.id == "trust"
    assert everybody[0].answered == 700
    assert (staff.counts.answered, dict(staff.counts.counts)) == (200, {"1": 200})
    assert (public.counts.answered, dict(public.counts.counts)) == (500, {"5": 500})


@pytest.mark.django_db
@pytest.mark.proves("280.2-a2")
def test_the_link_for_employees_says_who_answered_and_the_plain_one_does_not(
    client: Client,
) -> None:
    version = a_version()
    address = reverse("survey:answer", args=[version.survey.code])

    for asked in ("?who=employee", "?who=anything", ""):
        page = client.get(address + asked).content.decode()
        token = re.search(r'name="_page" value="([^"]+)"', page)
        assert token
        client.post(address, {"_page": token[1], "trust": "5"})

    kinds = sorted(version.responses.values_list("customer_type", flat=True))
    assert kinds == ["", "", STAFF]


@pytest.mark.django_db
@pytest.mark.proves("280.2-a2")
def test_a_file_may_say_who_answered_and_an_unknown_kind_is_refused_with_its_reason() -> None:
    version = a_version()
    plan = read_map(
        b'{"external_id": "id", "day": "day", "customer_type": "who", "answers": {"trust": "t"}}',
        "map.json",
    )
    day = (timezone.localdate() - timedelta(days=2)).isoformat()
    rows = [
        {"id": "1", "day": day, "who": STAFF, "t": "5"},
        {"id": "2", "day": day, "who": "", "t": "5"},
        {"id": "3", "day": day, "who": "martian", "t": "5"},
    ]

    report = actions.import_responses(
        version.survey, rows=rows, header=["id", "day", "who", "t"], plan=plan, by="test",
        source="file.csv",
    )  # fmt: skip

    assert report.reasons == {"a kind of customer that is not known": 1}
    kept = version.responses.order_by("external_id").values_list("customer_type", flat=True)
    assert list(kept) == [STAFF, ""]


@pytest.mark.django_db
def test_an_answer_counts_in_the_fiscal_year_of_its_day() -> None:
    version = a_version()
    a_response(version, day=date(2025, 9, 30))
    a_response(version, day=date(2025, 10, 1))

    counted = [burden_of(Survey.objects.all(), year)[0].public for year in (2025, 2026)]

    assert counted == [1, 1]
