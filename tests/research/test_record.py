"""Research in the record: found by words, confirmed, counted, and no other agency's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.paperwork.models import Study
from cx280.research import access
from cx280.research.actions.insights import (
    add_evidence,
    confirm_insight,
    retire_insight,
    save_insight,
)
from cx280.research.actions.studies import count_participants, save_study
from cx280.research.actions.words import add_segment, set_terms
from cx280.research.models import Insight
from cx280.research.queries.insights import (
    Asked,
    as_document,
    found,
    line_of,
    search,
    segments_known,
    stale,
)
from cx280.research.queries.rounds import flows_of
from cx280.research.queries.standing import standing_of
from cx280.research.queries.studies import line_of as study_line
from cx280.research.queries.words import terms_of
from cx280.services.models import Service
from tests.builders import a_clearance, a_collection, a_journey, a_person, a_unit, an_agency
from tests.research.builders import (
    TODAY,
    a_round,
    a_study,
    an_agency_that_asks,
    an_insight,
)

pytestmark = pytest.mark.django_db


def sentences(insights: object) -> list[str]:
    return [each.sentence for each in insights]  # type: ignore[attr-defined]


@pytest.mark.proves("280.9-e4")
def test_insights_are_found_by_any_of_their_words_best_first() -> None:
    by = an_agency_that_asks()
    an_insight(by, "Anglers look for the price before the day", need="To see what it costs")
    an_insight(by, "People do not know that they wait", need="Word about waiting, while waiting")
    an_insight(by, "Half come with a helper")
    every = Insight.objects.all()

    assert sentences(search(every, "wait"))[0] == "People do not know that they wait"
    assert sentences(search(every, "PRICES")) == ["Anglers look for the price before the day"]
    assert sentences(search(every, "help")) == ["Half come with a helper"]
    assert sentences(search(every, "price helper")) == []
    assert len(search(every, "anglers 412")) == 3  # a segment, and words of the evidence
    assert len(search(every, "")) == 3
    assert len(search(every, "“*' --")) == 0


@pytest.mark.proves("280.9-e4")
def test_a_spanish_insight_is_found_in_other_forms_with_or_without_accents() -> None:
    by = an_agency_that_asks()
    spanish = "Piden citas para la renovación de permisos"
    an_insight(by, spanish)
    an_insight(by, "Half come with a helper")

    for typed in ("renovacion", "RENOVACIÓN", "renovaciones", "permiso", "cita permisos"):
        assert sentences(search(Insight.objects.all(), typed)) == [spanish], typed
    assert sentences(search(Insight.objects.all(), "permiso helper")) == []


@pytest.mark.proves("280.9-e4")
def test_the_index_follows_what_is_changed_and_deleted() -> None:
    by = an_agency_that_asks()
    row = an_insight(by, "They look for the price")
    values = {"sentence": "They look for the map", "need": "", "confidence": "low"}

    save_insight(row, by.agency, by=by.manager, on=TODAY, values=values)

    assert not search(Insight.objects.all(), "price").exists()
    assert search(Insight.objects.all(), "map").exists()
    row.evidence.all().delete()
    row.delete()
    assert not search(Insight.objects.all(), "map").exists()


def test_the_search_index_is_in_place() -> None:
    where = (
        "SELECT count(*) FROM sqlite_master WHERE name LIKE 'insights_%_the_index'"
        if connection.vendor == "sqlite"
        else "SELECT count(*) * 3 FROM pg_indexes WHERE indexname = 'research_insight_index'"
    )
    with connection.cursor() as cursor:
        cursor.execute(where)
        assert cursor.fetchone() == (3,)


@pytest.mark.proves("280.9-e4")
def test_an_old_insight_is_stale_by_the_agency_s_period_until_somebody_confirms_it() -> None:
    by = an_agency_that_asks()
    row = an_insight(by, "They look for the price", on=date(2022, 6, 1))
    every = Insight.objects.all()
    assert sentences(stale(every, terms_of(by.agency), TODAY)) == []

    set_terms(by.agency, confirm_months=6, study_months=24, by=by.manager)
    terms = terms_of(by.agency)
    assert sentences(stale(every, terms, TODAY)) == [row.sentence]
    assert sentences(found(every, Asked(standing="stale"), terms, TODAY)) == [row.sentence]

    confirm_insight(row, by=by.manager, on=TODAY)
    assert sentences(stale(every, terms, TODAY)) == []


def test_what_nothing_shows_cannot_be_confirmed_and_what_is_retired_says_why() -> None:
    by = an_agency_that_asks()
    row = an_insight(by, "They look for the price")
    row.evidence.all().delete()

    with pytest.raises(Conflict):
        confirm_insight(row, by=by.manager, on=TODAY)
    with pytest.raises(Unusable):
        retire_insight(row, because=" ", by=by.manager, on=TODAY)
    retire_insight(row, because="The price stands first now", by=by.manager, on=TODAY)

    terms = terms_of(by.agency)
    assert sentences(found(Insight.objects.all(), Asked(), terms, TODAY)) == []
    assert sentences(found(Insight.objects.all(), Asked(standing="retired"), terms, TODAY)) == [
        row.sentence
    ]
    add_evidence(row, source="other", words="Seen again", by=by.manager)
    assert confirm_insight(row, by=by.manager, on=TODAY).retired_on is None


def test_evidence_of_a_study_names_the_study() -> None:
    by = an_agency_that_asks()
    row = an_insight(by, "They look for the price")

    with pytest.raises(Unusable):
        add_evidence(row, source="study", words="In 5 of 7", by=by.manager)
    add_evidence(row, source="study", study=a_study(by), words="In 5 of 7", by=by.manager)

    told = as_document(line_of(row, terms_of(by.agency), TODAY))
    assert [each["source"] for each in told["evidence"]] == ["comments", "study"]  # type: ignore[attr-defined]
    assert by.manager.name not in str(told)


@pytest.mark.proves("280.9-e4")
def test_a_segment_tells_the_needs_that_insights_name_of_it() -> None:
    by = an_agency_that_asks()
    an_insight(by, "They look for the price", need="To see what it costs")
    an_insight(by, "They looked for the fax", on=date(2020, 1, 1), need="A fax")
    gone = an_insight(by, "They liked the old page", need="The old page")
    retire_insight(gone, because="It is gone", by=by.manager, on=TODAY)

    anglers, far, _ = segments_known(by.agency, terms_of(by.agency), TODAY)

    assert sorted(anglers.needs) == ["A fax", "To see what it costs"]
    assert (anglers.fresh, anglers.stale) == (1, 1)
    assert far.needs == []


@pytest.mark.proves("280.4-b3")
def test_a_study_shows_whom_it_left_out_of_its_service_s_customers() -> None:
    by = an_agency_that_asks()
    line = study_line(a_study(by))

    assert [each.words for each in line.segments] == [
        "7 of 8 planned came, 1 short",
        "0 planned, not counted yet",
    ]
    assert [each.where for each in line.findings] == ["segments[Far from an office]"]
    records = save_study(None, by=by.manager, values={
        "title": "Calls of March", "question": "Who calls?", "approach": "quantitative",
        "method": "records", "organization": by.agency, "services": [by.service],
        "starts_on": date(2023, 3, 1), "ends_on": date(2023, 3, 31),
    })  # fmt: skip
    assert study_line(records).findings == []  # it asks nobody


@pytest.mark.proves("280.9-f2", "280.11-a1")
def test_a_study_of_ten_needs_an_entry_that_omb_approved() -> None:
    by = an_agency_that_asks()
    study = a_study(by, services=[])
    count_participants(study, by.staff, experience="tried", planned=20, came=20, by=by.manager)
    assert study_line(study).public == 8
    assert study_line(study).findings == []

    count_participants(study, by.far, experience="tried", planned=2, came=None, by=by.manager)
    assert [each.rule for each in study_line(study).findings] == ["280.11-a1"]

    study.entry = an_approved_entry(by.agency)
    assert study_line(study).findings == []


def an_approved_entry(agency: Organization) -> Study:
    collection = a_collection(a_clearance(agency))
    return Study.objects.create(
        organization=agency, kind="customer_research", title="Interviews", purpose="To learn",
        starts_on=date(2023, 3, 1), ends_on=date(2023, 3, 10), planned=20, minutes=Decimal(30),
        collection=collection,
    )  # fmt: skip


@pytest.mark.proves("280.9-f2")
def test_rounds_are_told_by_flow_with_how_many_each_fiscal_year_had() -> None:
    by = an_agency_that_asks()
    a_round(by, held_on=date(2022, 9, 30), came=2)
    a_round(by, held_on=date(2022, 10, 1), came=2, changed="The price stands first.")
    a_round(by, held_on=date(2023, 2, 1), came=2)

    a_round(by, held_on=date(2023, 4, 1), came=None, planned=0)

    (flow,) = flows_of(access.rounds_to_see(by.manager))

    assert flow.years == [(2023, 2), (2022, 1)]
    assert [each.changed for each in flow.rounds][1] == "The price stands first."
    assert flow.findings == []
    a_round(by, held_on=date(2023, 3, 1), came=4)
    assert [each.rule for each in flows_of(access.rounds_to_see(by.manager))[0].findings] == [
        "280.9-f2"
    ]


@pytest.mark.proves("280.9-e2", "280.14-f2", "280.14-f5")
def test_a_service_stands_by_its_studies_its_journeys_and_its_rounds() -> None:
    by = an_agency_that_asks()
    services = Service.objects.filter(pk=by.service.pk)
    terms = terms_of(by.agency)
    (bare,) = standing_of(services, terms, TODAY)
    assert [each.rule for each in bare.findings] == [
        "280.9-e2", "280.9-e2", "280.14-f2", "280.14-f5"
    ]  # fmt: skip

    a_study(by, approach="mixed")
    a_journey(by.service)
    a_round(by, held_on=date(2023, 4, 1), came=None)
    (planned,) = standing_of(services, terms, TODAY)
    assert [each.rule for each in planned.findings] == ["280.14-f5"]
    a_round(by)

    (whole,) = standing_of(services, terms, TODAY)
    assert whole.findings == []
    (later,) = standing_of(services, terms, date(2025, 10, 5))
    assert [each.rule for each in later.findings] == ["280.9-e2", "280.9-e2", "280.14-f5"]


def test_all_units_of_an_agency_read_what_one_learned_and_no_other_agency_does() -> None:
    by = an_agency_that_asks()
    insight, study, round_ = an_insight(by, "They look"), a_study(by), a_round(by)
    neighbour = a_person(Role.PROGRAM_MANAGER, a_unit(by.agency))
    reader = a_person(Role.ANALYST, by.agency)

    assert access.study_to_see(neighbour, study.pk) == study
    with pytest.raises(NotAllowed):
        access.study_to_edit(neighbour, study.pk)
    with pytest.raises(NotAllowed):
        access.insight_to_edit(reader, insight.pk)
    for stranger in (
        a_person(Role.CX_LEAD, an_agency()),
        a_person(Role.OMB_REVIEWER),
        a_person(Role.ADMINISTRATOR),
    ):
        assert not access.insights_to_see(stranger).exists()
        with pytest.raises(NotFound):
            access.insight_to_see(stranger, insight.pk)
        with pytest.raises(NotFound):
            access.study_to_see(stranger, study.pk)
        with pytest.raises(NotFound):
            access.round_to_edit(stranger, round_.pk)


def test_one_agency_s_words_are_no_other_s() -> None:
    by = an_agency_that_asks()
    theirs = add_segment(an_agency(), name="Anglers", about="", is_federal=False, by=by.manager)

    with pytest.raises(Conflict):
        add_segment(by.agency, name="anglers", about="", is_federal=False, by=by.manager)
    with pytest.raises(Unusable):
        count_participants(
            a_study(by), theirs, experience="tried", planned=1, came=None, by=by.manager
        )
