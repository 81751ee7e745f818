"""Loads the simulated agency, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone

from cx280.audit.actions import record
from cx280.kernel.quarter import Quarter
from cx280.measures.tasks import find_topics_in_comments, refile_comments, refresh_facts
from cx280.site.demo.alarms import raise_alarms
from cx280.site.demo.asking import add_asking
from cx280.site.demo.burden import add_burden
from cx280.site.demo.capacity import add_capacity
from cx280.site.demo.designation import add_designations
from cx280.site.demo.embeds import add_embeds
from cx280.site.demo.entering import add_entered
from cx280.site.demo.indicators import add_indicators
from cx280.site.demo.joining import join_answers
from cx280.site.demo.journeys import add_journeys
from cx280.site.demo.kiosks import add_kiosks
from cx280.site.demo.life_experiences import add_life_experiences
from cx280.site.demo.messages import add_messages
from cx280.site.demo.obligations import add_obligations
from cx280.site.demo.paperwork import add_approved, add_drafts
from cx280.site.demo.plan import plan
from cx280.site.demo.plans import add_plans
from cx280.site.demo.quarters import report_quarters
from cx280.site.demo.reaching import add_elsewhere, add_reaching
from cx280.site.demo.records import Built, build
from cx280.site.demo.recovery import add_recovery
from cx280.site.demo.reflection import add_reflection
from cx280.site.demo.research import add_research
from cx280.site.demo.storing import store_answers
from cx280.site.demo.talks import add_talks
from cx280.site.demo.visits import add_visits, simulated_visits
from cx280.site.demo.websites import add_website
from cx280.telemetry.actions.facts import count_lake
from cx280.telemetry.actions.sites import write_sites

QUARTERS = 10
PLANNED = 200_000  # the answers that the customers in agency.toml are enough for


def quarters_until(today: date) -> list[Quarter]:
    """Ten quarters: nine that have ended and the one that `today` lies in."""
    current = Quarter.of(today)
    return [current.plus(step) for step in range(1 - QUARTERS, 1)]


def load(*, seed: int, responses: int, today: date) -> Iterator[str]:
    """Makes everything; yields a line after each step. All of it or nothing is kept."""
    quarters = quarters_until(today)
    crowd = max(1.0, responses / PLANNED)
    with transaction.atomic():
        built = build(plan(), quarters, today)
        site = add_website(built.services["boat-permits"], today)
        transaction.on_commit(write_sites)
        yield f"{len(built.services)} services of {built.department.name}"
        add_approved(built, quarters[0], today)
        stored = store_answers(plan(), built, quarters, responses=responses, seed=seed, today=today)
        record(
            actor="system",
            action="load_demo",
            subject=f"agencies.Organization:{built.department.pk}",
            organization=built.department.code,
            detail={"seed": seed, "responses": stored},
        )
        yield f"{stored:,} answers"
        yield f"{add_drafts(built, today)} requests to OMB"
        yield f"{add_asking(built, today):,} interactions, with whom was asked about them"
        add_elsewhere(built)
        yield f"{add_messages(built, today):,} interactions handed over for email and texts"
        yield f"{add_reaching(built, today):,} answers of this quarter, with how they came"
        yield f"{add_embeds(built, today)} ways in which a website shows a survey"
        yield f"{add_kiosks(built, timezone.now(), seed=seed):,} answers at kiosks"
        yield f"{add_recovery(built, today)} people who asked to be contacted"
        yield f"{add_entered(built, today)} paper forms keyed by a clerk"
    visits = simulated_visits(site, seed=seed, today=today)
    yield f"{add_visits(visits):,} events of visits to a website"
    yield f"{join_answers(site.service, visits, seed=seed):,} answers joined with their visit"
    refresh_facts(timezone.now())
    yield "measures counted"
    count_lake(timezone.now())
    yield f"{raise_alarms(plan(), built, today)} incidents found by the alarms"
    yield f"{refile_comments(timezone.now()):,} comments filed under themes"
    find_topics_in_comments(timezone.now())
    yield f"{report_quarters(built, quarters, today, crowd=crowd)} quarter reports published"
    yield from _the_year(built, today)


def _the_year(built: Built, today: date) -> Iterator[str]:
    """What a provider does and owes in a fiscal year."""
    yield f"{add_research(built, today)} insights from studies and usability rounds"
    yield f"{add_designations(built.people, today)} proposals of services to designate"
    yield f"{add_plans(built.people, today)} Action Plans"
    yield f"{add_talks(built.people, today)} talks with OMB"
    yield f"{add_capacity(built.people, today)} Capacity Assessments"
    yield f"{add_journeys(built.people, today)} journeys drawn"
    yield f"{add_burden(built, today)} steps of a journey assessed, before and after a change"
    indicators = add_indicators(built.services["boat-permits"], built.people, today)
    yield f"{indicators} indicators, with a plan and a report"
    experiences = add_life_experiences(built.services, built.people, today)
    yield f"{experiences} life experiences across two agencies"
    yield f"{add_reflection('dhos', today)} yearly reflections of an agency that is no provider"
    yield f"{add_obligations(built.people, today)} obligations to OMB"
