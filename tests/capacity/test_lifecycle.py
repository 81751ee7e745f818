"""An assessment in the record: begun, answered, signed, handed over, never changed after."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from cx280.accounts.models import Assignment
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.capacity.actions.entries import withdraw_entry
from cx280.capacity.actions.moving import (
    NotReady,
    reopen_assessment,
    sign_assessment,
    submit_assessment,
)
from cx280.capacity.actions.templates import load_template
from cx280.capacity.actions.writing import (
    Saying,
    ToShow,
    begin_assessment,
    begin_reflection,
    say,
    say_no_initiative,
)
from cx280.capacity.models import Assessment, Entry, Evidence, TemplateVersion
from cx280.capacity.queries.assessments import facts_of, findings_of, unreviewed, years_of
from cx280.capacity.queries.entries import lesson_document, lines_of, roles_for
from cx280.capacity.queries.known import KNOWN, known_for
from cx280.capacity.queries.known.subject import Subject
from cx280.capacity.queries.templates import shipped
from cx280.capacity.rules.shapes import SHAPES
from cx280.capacity.rules.templates import template_of
from cx280.capacity.rules.vocabulary import Register, Stage
from cx280.dashboards.models import Digest
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.kernel.quarter import fiscal_year_of
from cx280.measures.models import DayCount
from cx280.plans.actions.writing import add_pain_point
from cx280.reporting.models import Release
from cx280.services.models import Service
from cx280.surveys.models import OtherCollection
from tests.builders import a_person, a_service, a_survey, a_unit, a_version, an_agency
from tests.capacity.builders import (
    DAY,
    a_ready_assessment,
    a_step,
    a_submitted_assessment,
    an_entry,
    answer_all,
)
from tests.obligations.builders import Owing, a_provider_that_owes, at
from tests.opendata.published import a_release
from tests.plans.builders import a_ready_plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(DAY)


def say_it(assessment: Assessment, owing: Owing, saying: Saying) -> object:
    return say(assessment, saying, by=owing.lead, now=timezone.now(), today=DAY)


@pytest.mark.proves("280.13-b2", "280.17-a1", "280.17-c1", "280.13-b8")
def test_what_was_signed_is_kept_with_its_template_and_never_changes(owing: Owing) -> None:
    ready = a_ready_assessment(owing, 2023)

    with pytest.raises(NotAllowed):
        sign_assessment(ready, by=owing.lead)
    version = sign_assessment(ready, by=owing.official)

    assert version.content["template"]["notice"].startswith("Made by this project")
    assert [each["level"] for each in version.content["functions"]] == [2] * 5
    with pytest.raises(Conflict, match="signed"):
        say_it(ready, owing, Saying("measures", "level", 3, seen=1))
    submit_assessment(ready, by=owing.lead)
    reopen_assessment(ready, because="A figure was wrong.", by=owing.lead)
    say_it(ready, owing, Saying("measures", "level", 3, "We do.", seen=1))
    again = sign_assessment(ready, by=owing.official)
    version.refresh_from_db()
    assert (version.number, again.number) == (1, 2)
    assert version.content["functions"][0]["practices"][0]["level"] == 2
    names = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"begin_assessment", "answer", "sign_assessment", "submit_assessment"} <= names


@pytest.mark.proves("280.17-a1")
def test_nothing_is_signed_while_an_error_stands(owing: Owing) -> None:
    begun = begin_assessment(owing.hisp, fiscal_year=2023, by=owing.lead)

    with pytest.raises(NotReady) as refused:
        sign_assessment(begun, by=owing.official)

    rules = {each.rule for each in refused.value.findings}
    assert {"280.17-a1", "280.17-b1", "280.17-b3", "280.17-c2", "280.17-d1"} <= rules


@pytest.mark.proves("280.9-g1")
def test_an_agency_reflects_once_a_year_and_a_signature_ends_it() -> None:
    agency = an_agency()
    lead, official = a_person(Role.CX_LEAD, agency), a_person(Role.ACCOUNTABLE_OFFICIAL, agency)
    begun = begin_reflection(agency, fiscal_year=2023, by=lead)

    assert begin_reflection(agency, fiscal_year=2023, by=lead).pk == begun.pk
    with pytest.raises(Conflict, match="Nothing is answered"):
        sign_assessment(begun, by=official)
    say(begun, Saying("measures", "level", 1, add=[ToShow("study", "Ten interviews")]), by=lead,
        now=timezone.now(), today=DAY)  # fmt: skip
    version = sign_assessment(begun, by=official)

    assert version.given_at == version.signed_at
    with pytest.raises(Unusable):
        begin_reflection(a_unit(agency), fiscal_year=2023, by=lead)


@pytest.mark.proves("280.9-fn4", "280.13-b8", "280.17-g1", "INC-45", "INC-16")
def test_a_second_version_loads_and_what_was_signed_stays_under_the_first(owing: Owing) -> None:
    signed = a_submitted_assessment(owing, 2022)
    text = next(each for each in shipped() if 'code = "cx280-capacity"' in each)
    official = (
        text.replace('code = "cx280-capacity"', 'code = "omb"')
        .replace("official = false", 'official = true\nomb_form = "A"')
        .replace("first_year = 2022", "first_year = 2023")
    )

    with pytest.raises(Conflict, match="another text"):
        load_template(text.replace("Measurement", "Measuring"))
    assert load_template(text) == load_template(text)
    load_template(official)
    following = begin_assessment(owing.hisp, fiscal_year=2023, by=owing.lead)

    assert following.template_version.code == "omb"
    assert following.template_version.document["omb_form"] == "A"
    kept = signed.versions.get().content["template"]
    assert template_of(kept).name == "cx280-capacity, version 1"
    assert TemplateVersion.objects.filter(kind="assessment").count() == 2


@pytest.mark.proves("280.8-b6", "280.8-b2")
def test_years_are_compared_within_a_version(owing: Owing) -> None:
    a_submitted_assessment(owing, 2022, level=1)
    second = a_submitted_assessment(owing, 2023, level=2)
    content = second.versions.get().content

    found = years_of(second, content)

    assert {each.words for each in found.changes} == {"up 1 level"}
    other = {**content, "template": {**content["template"], "version": 9}}
    assert "version 9" in years_of(second, other).why_not
    culture = content["functions"][2]
    assert (culture["name"], culture["evidence_count"]) == ("Culture and Organization", 4)


@pytest.mark.proves("280.9-f1", "280.9-f3")
def test_who_wrote_meanwhile_is_not_written_over_unseen(owing: Owing) -> None:
    begun = begin_assessment(owing.hisp, fiscal_year=2023, by=owing.lead)
    say_it(begun, owing, Saying("measures", "level", 1))

    with pytest.raises(Conflict, match="Pat Lead changed this"):
        say_it(begun, owing, Saying("measures", "level", 3))
    with pytest.raises(Unusable, match="0 to 3"):
        say_it(begun, owing, Saying("measures", "level", 4, seen=1))
    with pytest.raises(NotFound):
        say_it(begun, owing, Saying("nothing", "level", 1))
    with pytest.raises(Unusable):
        say_it(begun, owing, Saying("measures", "words", words="We do.", seen=1))
    say_it(begun, owing, Saying("measures", "not_evidenced", seen=1))

    assert begun.answers.get().said == "not_evidenced"


def test_what_cx280_knows_counts_once_somebody_takes_it(owing: Owing) -> None:
    an_entry(owing, Register.STAFF, 2023, what="CX team", amount=4)
    begun = begin_assessment(owing.hisp, fiscal_year=2023, by=owing.lead)
    subject = Subject.of(begun, DAY)
    (known,) = known_for(subject, ["resources"])["resources"]

    assert "Staff: 4 FTE" in known.words
    assert not begun.answers.exists()
    say_it(begun, owing, Saying("resources", "level", 2, known=[known]))

    evidence = Evidence.objects.get()
    assert (evidence.kind, evidence.known_on) == ("known", DAY)
    assert facts_of(begun, DAY).answers["resources"].rates


@pytest.mark.proves("280.9-c1", "280.17-b2")
def test_leaders_come_from_the_role_register_and_a_vacant_role_is_printed(owing: Owing) -> None:
    ready = a_ready_assessment(owing, 2023)
    Assignment.objects.filter(role=Role.CX_LEAD).update(until=date(2023, 6, 30))
    before = Assignment.objects.filter(role=Role.CX_LEAD).get()

    found = facts_of(ready, DAY)

    assert [each.words for each in found.known["leaders"]] == [
        "Senior accountable official: Sam Official, since January 1, 2020",
        "Agency CX lead: vacant",
    ]
    assert "280.9-c1" in {each.rule for each in findings_of(ready, DAY)}
    lines = roles_for(owing.official, DAY)
    assert [(each.role, bool(each.now)) for each in lines] == [
        ("Senior accountable official", True), ("Agency CX lead", False),
    ]  # fmt: skip
    assert lines[1].before == (before,)


@pytest.mark.proves("280.17-e1", "280.9-c4", "280.17-c2")
def test_every_open_action_is_listed_and_totals_equal_the_register(owing: Owing) -> None:
    plan = a_ready_plan(owing)
    first, second = plan.actions.all()
    a_step(owing, 2023)
    an_entry(owing, Register.ALIGNMENT, 2023, action=first, what="Objective 2.1")
    begun = begin_assessment(owing.hisp, fiscal_year=2023, by=owing.lead)

    found = facts_of(begun, DAY).improvements
    findings = [each for each in findings_of(begun, DAY) if each.rule == "280.9-c4"]

    assert [each.is_action for each in found] == [True, True, False]
    assert [each.serves for each in found] == ["Objective 2.1", "", ""]
    assert second.change in findings[0].message
    plan.actions.filter(pk=second.pk).update(status="done")
    assert len(facts_of(begun, DAY).improvements) == 2
    said = say_no_initiative(begun, because="The team is new.", by=owing.lead)
    assert facts_of(said, DAY).no_initiative == "The team is new."


@pytest.mark.proves(
    "280.9-b3", "280.9-c2", "280.9-c3", "280.9-d1", "280.9-d2", "280.17-b1", "280.9-b2"
)
def test_registers_fill_what_is_known(owing: Owing) -> None:
    add: list[tuple[Register, dict[str, Any]]] = [
        (Register.STAFF, {"what": "CX team", "amount": 4}),
        (Register.STAFF, {"what": "Call center", "amount": 2.5}),
        (Register.HIRE, {"what": "Designer", "amount": 2}),
        (Register.DECISION, {"what": "Text first", "on": date(2022, 12, 1), "words": "412 said"}),
        (Register.DECISION, {"what": "Close at noon", "on": date(2023, 1, 9)}),
        (Register.MINDSET, {"what": "training", "answer": "no", "words": "None yet"}),
        (Register.MINDSET, {"what": "training", "answer": "yes", "words": "A course"}),
        (Register.REVIEW, {"on": date(2022, 11, 3), "what": "Trust", "who": "CX board",
                           "words": "Nothing to change"}),
    ]  # fmt: skip
    rows = [an_entry(owing, register, 2023, **fields) for register, fields in add]
    subject = Subject(owing.agency, owing.hisp, 2023, DAY)

    found = known_for(subject, list(KNOWN))

    assert [each.words for each in found["resources"]] == ["Staff: 6.5 FTE in 2 lines"]
    assert [each.words for each in found["talent"]] == ["Hires: 2 people in 1 line"]
    assert "1 of 2 recorded decisions" in found["decisions"][0].words
    assert [each.words for each in found["mindset"]] == ["Training: yes. A course"]
    assert unreviewed(subject) == ["FY2023 Q2", "FY2023 Q3"]
    withdraw_entry(rows[1], by=owing.lead, now=timezone.now())
    assert "Staff: 4 FTE" in known_for(subject, ["resources"])["resources"][0].words
    with pytest.raises(Unusable, match="not in FY2023"):
        an_entry(owing, Register.DECISION, 2023, what="Late", on=date(2024, 1, 1))


@pytest.mark.proves("280.17-d1", "280.17-d2", "280.17-d3", "280.9-b2")
def test_what_is_collected_how_and_where_it_is_told_equals_the_registry(owing: Owing) -> None:
    Service.objects.filter(pk=owing.services[0].pk).update(hisp=owing.hisp)
    service = Service.objects.get(pk=owing.services[0].pk)
    version = a_version(a_survey(service, state="open"))
    a_survey(service)  # a draft asks nobody
    for day, count in ((date(2023, 1, 9), 30), (date(2023, 1, 10), 12), (date(2022, 9, 30), 99)):
        DayCount.objects.create(version=version, day=day, channel="website", completed=count,
                                counts={})  # fmt: skip
    OtherCollection.objects.create(
        agency=owing.agency, title="Phone survey", level="transaction", timing="after a call",
        population="Callers", recorded_by=owing.lead,
    )  # fmt: skip
    add_pain_point(service, words="Waiting", kind="research", evidence="Eight interviews",
                   address="", by=owing.lead)  # fmt: skip
    Digest.objects.create(person=owing.lead, cadence="weekly", sent_on=date(2023, 6, 26))
    release = a_release(service)
    year = fiscal_year_of(timezone.localdate())
    subject = Subject(owing.agency, owing.hisp, 2023, DAY)
    now = Subject(owing.agency, owing.hisp, year, timezone.localdate())

    found = known_for(subject, ["collections", "methods", "reporting"])

    assert [each.count for each in found["collections"]] == [42, None]
    assert "Phone survey" in found["collections"][1].words
    assert [(each.words, each.period) for each in found["methods"]] == [
        ("Survey, website: 42 answers", "FY2023"),
        ("Surveys in other systems: 1", "FY2023"),
    ]
    assert "human-centered design" in known_for(now, ["methods"])["methods"][-1].words
    told = [each.words for each in known_for(now, ["reporting"])["reporting"]]
    assert told[0] == "Dashboard of Boat permits, for staff"
    assert "to 1 person, last on June 26, 2023" in told[1]
    Release.objects.filter(pk=release.pk).update(published_at=at(date(2023, 3, 1)))
    assert "public since March 1, 2023" in known_for(subject, ["reporting"])["reporting"][-1].words


@pytest.mark.proves("280.17-e4")
def test_modernization_stands_in_order_with_high_impact_services_flagged(owing: Owing) -> None:
    other = a_service(owing.agency)
    for what, service in (("A form", other), ("Permits online", owing.services[0])):
        an_entry(
            owing, Register.IDEA, 2023, what=what, service=service, amount=50, status="planned"
        )

    found = lines_of(Entry.objects.all(), SHAPES[Register.IDEA], DAY)

    assert [(each.entry.what, each.cells[-1]) for each in found] == [
        ("Permits online", ("High-impact service", "yes")),
        ("A form", ("High-impact service", "no")),
    ]


@pytest.mark.proves("280.9-f4")
def test_a_shared_lesson_names_nobody_and_no_unpublished_figure(owing: Owing) -> None:
    with pytest.raises(Unusable, match="names a figure"):
        an_entry(owing, Register.LESSON, 2023, what="Texts help", words="38 % more", shared=True)
    with pytest.raises(Unusable, match="not published"):
        an_entry(owing, Register.LESSON, 2023, what="Texts help", words="38 % more", release=9,
                 shared=True)  # fmt: skip
    shared = an_entry(owing, Register.LESSON, 2023, what="Texts help", words="Fewer call.",
                      shared=True)  # fmt: skip
    kept = an_entry(owing, Register.LESSON, 2023, what="Ours", words="38 % more call.")

    found = lesson_document([shared, kept], 2023)

    assert found["lessons"] == [
        {"agency": owing.agency.name, "learned": "Texts help", "how_we_know": "Fewer call.",
         "figures_from_release": None},
    ]  # fmt: skip
    assert "Pat Lead" not in str(found)


@pytest.mark.proves("280.9-a1")
def test_nobody_writes_in_the_registers_of_another_agency(owing: Owing) -> None:
    other = a_person(Role.CX_LEAD, an_agency())
    begun = begin_assessment(owing.hisp, fiscal_year=2023, by=owing.lead)

    with pytest.raises(NotAllowed):
        begin_assessment(owing.hisp, fiscal_year=2023, by=other)
    with pytest.raises(NotAllowed):
        say(begun, Saying("measures", "level", 1), by=other, now=timezone.now(), today=DAY)
    with pytest.raises(NotAllowed):
        withdraw_entry(a_step(owing, 2023), by=other, now=timezone.now())
    answer_all(begun, owing)
    assert begun.stage == Stage.DRAFT
