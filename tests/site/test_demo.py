"""The simulated agency: believable, the same for the same seed, marked, and never loaded twice."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q

from benchmarks.disclosure import attacked_releases
from cx280.agencies.models import Organization
from cx280.burden.queries import burden_of_journey
from cx280.circular.edition import edition
from cx280.delivery.models import Invitation, Kiosk, SamplingPlan
from cx280.delivery.queries.embeds import seen_of, settings_of
from cx280.delivery.queries.mail import progress_of
from cx280.delivery.queries.reach import reach_of
from cx280.delivery.rules.vocabulary import EmbedKind, State
from cx280.journeys.queries.evidence import evidence_of
from cx280.journeys.queries.maps import lines_of
from cx280.kernel.finding import errors
from cx280.lake.engines import DuckDB
from cx280.lake.tables import Lake
from cx280.measures.models import Fact
from cx280.reporting.models import Package, Release
from cx280.research.models import Insight, ResearchStudy, TestRound
from cx280.research.queries.insights import stale
from cx280.research.queries.rounds import flows_of
from cx280.research.queries.studies import lines_of as study_lines
from cx280.research.queries.words import terms_of
from cx280.responses.models import Comment, Response
from cx280.responses.queries.weighted import sample_of
from cx280.services.checks import check
from cx280.services.models import Hisp, Journey, Service
from cx280.services.queries import facts_of, terms
from cx280.site.demo.commands import demo
from cx280.site.demo.documents import document_for
from cx280.site.demo.load import load as load_agency
from cx280.site.demo.plan import plan
from cx280.surveys.checks import Context
from cx280.surveys.checks import check as check_survey
from cx280.surveys.models import Survey
from cx280.surveys.queries import standing_of
from cx280.surveys.rules.document import read_document
from cx280.telemetry.models import Flow, Site
from cx280.telemetry.queries.plan import plan_of
from cx280.telemetry.queries.sites import missing_of
from cx280.telemetry.rules.plan import findings as findings_of_plan

TODAY = "2026-11-23"
VISITS_THAT_FINISHED = """
SELECT count(DISTINCT visit) AS visits,
count(*) FILTER (WHERE kind = 'transaction_complete') AS finished FROM events
"""


def load(*arguments: str) -> None:
    """Runs `cx280 demo` with a small number of answers."""
    run = CliRunner().invoke(demo, ["--today", TODAY, "--responses", "3000", *arguments])
    assert run.exit_code == 0, run.output or run.exception


def fingerprint_of(seed: int) -> str:
    """A digest of every answer of that seed, in order; the record is empty again after."""
    with transaction.atomic():
        steps = load_agency(seed=seed, responses=3000, today=date.fromisoformat(TODAY))
        said = next(line for line in steps if line.endswith(" answers"))
        rows = Response.objects.order_by("id").values_list("day", "answers", "unit__code")
        found = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
        assert said == f"{len(rows):,} answers"
        del steps  # left within its transaction, before ours is undone
        transaction.set_rollback(True)
    return found


@pytest.fixture(scope="module")
def lake(
    module_record: Callable[[], AbstractContextManager[None]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Lake]:
    """The agency loaded, and its lake; one of its own, as others read the shared one."""
    folder = tmp_path_factory.mktemp("demo") / "lake"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "CX280_LAKE", str(folder))
        with module_record():
            load()
        yield Lake(folder)


@pytest.mark.any_database
@pytest.mark.django_db
def test_the_same_seed_gives_the_same_answers_and_another_does_not() -> None:
    first, again, other = (fingerprint_of(seed) for seed in (7, 7, 8))

    assert first == again
    assert other != first


@pytest.mark.django_db
def test_messages_of_both_channels_stand_with_what_became_of_them(lake: Lake) -> None:
    survey = Survey.objects.get(code="mooring-licenses")

    email, sms = progress_of(survey, None, datetime(2026, 1, 1, tzinfo=UTC)).channels

    for each in (email, sms):
        assert each.offered == each.states[State.SENT] > 50
        assert each.lags
        assert each.lags.share_within == 1
    assert sms.delivered == sms.offered
    assert sms.parts > sms.offered
    assert Invitation.objects.exclude(address="").count() == 0


@pytest.mark.django_db
def test_one_journey_crosses_agencies_with_evidence_and_one_has_none(lake: Lake) -> None:
    lines = {each.journey.service.code: each for each in lines_of(Journey.objects.filter(
        versions__isnull=False).distinct())}  # fmt: skip
    across, alone = lines["boat-permits"], lines["campsite-booking"]

    known = evidence_of(across.journey, date.fromisoformat(TODAY))
    unknown = evidence_of(alone.journey, date.fromisoformat(TODAY))

    assert (across.steps, across.is_cross_agency) == (8, True)
    assert any(each.trust for each in known)
    assert any(each.points for each in known)
    assert not all(each.has_evidence for each in known)
    assert (alone.steps, [each.has_evidence for each in unknown]) == (3, [False] * 3)


@pytest.mark.django_db
def test_the_agency_has_its_providers_services_quarters_and_both_languages(lake: Lake) -> None:
    assert Hisp.objects.count() == 3
    assert Service.objects.count() == 10  # one of another agency, in a life experience
    assert Fact.objects.values("starts_on").distinct().count() == 10
    assert 2900 <= Response.objects.filter(source="web").count() <= 3100
    at_kiosks = Response.objects.filter(source="kiosk")
    assert {each.unit for each in Kiosk.objects.filter(answers__gt=0)} == {
        each.unit for each in at_kiosks.select_related("unit")
    }
    assert sum(Kiosk.objects.values_list("answers", flat=True)) == at_kiosks.count() == 200
    assert Fact.objects.filter(version__document__mode="kiosk").exists()
    assert set(Comment.objects.values_list("language", flat=True)) == {"en", "es"}
    assert Release.objects.count() == 49
    (visits,) = DuckDB(lake).answer(VISITS_THAT_FINISHED)
    assert visits["visits"] == 4000
    assert 1000 < int(str(visits["finished"])) < 1400
    assert not Organization.objects.filter(simulated=False).exists()
    assert not Release.objects.filter(simulated=False).exists()
    for service in Service.objects.all():
        assert errors(check(facts_of(service), terms())) == []
    for survey in Survey.objects.all():
        assert not standing_of(survey, date(2026, 11, 23)).differs, survey.code
    states = dict(
        Package.objects.filter(fiscal_year=2026, quarter=4)
        .values_list("state")
        .annotate(n=Count("pk"))
    )
    assert states == {"draft": 2, "certified": 1, "submitted": 1, "returned": 1, "published": 1}
    late = Package.objects.filter(Q(quarter=2, service__code="flood-grants"))
    assert late.exists()
    website = Site.objects.get()
    assert missing_of(website, date(2026, 11, 23)) == []
    assert findings_of_plan(plan_of(website.service, date(2026, 11, 23))) == []
    assert Flow.objects.get(state="deprecated").replaced_by == Flow.objects.get(state="live")
    joined = Response.objects.exclude(visit="")
    assert joined.count() > 10
    assert set(joined.values_list("version__survey__code", flat=True)) == {"boat-permits"}
    known = {row["visit"] for row in DuckDB(lake).answer("SELECT DISTINCT visit FROM events")}
    assert set(joined.values_list("visit", flat=True)) <= known
    attacked = attacked_releases()  # small groups abound: 3,000 answers in ten quarters
    assert attacked.broken == []
    assert attacked.small > 500


@pytest.mark.django_db
def test_the_agency_says_whom_it_asks_and_its_sample_speaks_for_everybody(lake: Lake) -> None:
    survey = Survey.objects.get(service__code="boat-permits")

    sample = sample_of(survey, smallest=10)

    assert sample is not None
    drawn = reach_of(survey, sample.plan.since)
    assert drawn.handed > drawn.drawn > drawn.asked > sample.answers > 20
    assert drawn.suppressed == drawn.drawn - drawn.asked
    assert all(group.handed >= answers for group, answers in sample.groups)
    assert len(SamplingPlan.objects.filter(until__isnull=True)) == 2


@pytest.mark.django_db
def test_its_website_shows_surveys_and_counts_what_came_of_it(lake: Lake) -> None:
    survey = Survey.objects.get(service__code="boat-permits")

    seen = seen_of(survey, date.fromisoformat(TODAY) - timedelta(days=90))[EmbedKind.PROMPT]

    assert settings_of(survey.code)["prompt"]["seconds"] == 2
    counts = [seen.offered, seen.opened, seen.began, seen.finished]
    assert counts == sorted(filter(None, counts), reverse=True)


@pytest.mark.django_db
def test_loading_twice_is_refused_and_with_if_empty_does_nothing(lake: Lake) -> None:
    before = Response.objects.count()

    twice = CliRunner().invoke(demo, ["--today", TODAY])
    load("--if-empty")

    assert twice.exit_code != 0
    assert Response.objects.count() == before


@pytest.mark.django_db
def test_the_agency_has_research_with_one_stale_insight_and_a_journey_that_a_change_eased(
    lake: Lake,
) -> None:
    today = date.fromisoformat(TODAY)
    agency = Organization.objects.get(name="Department of Rivers and Trails")
    journey = Journey.objects.get(service__code="mooring-licenses")

    studies = study_lines(ResearchStudy.objects.all())
    burden = burden_of_journey(journey, today)

    assert sorted(each.turnout.short for each in studies) == [0, 0, 2]
    assert [each.findings for each in studies] == [[], [], []]
    assert stale(Insight.objects.all(), terms_of(agency), today).count() == 1
    assert [each.findings for each in flows_of(TestRound.objects.select_related("service"))] == [[]]
    assert burden.everybody is not None
    assert burden.everybody.missing == []
    assert all((each.effect.saved or 0) > 0 for each in burden.changes)
    assert len(burden.changes) == 2


def test_every_simulated_survey_may_open() -> None:
    rules = edition("FY2022")
    for service in plan().services:
        for trust in ("T1", "T2"):
            document = read_document(document_for(service, rules, trust))

            found = check_survey(document, Context(edition=rules, on=date(2026, 11, 23)))

            assert errors(found) == [], service.code
