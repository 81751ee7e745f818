"""Comments are filed when they come, when the codebook changes, and as people correct them."""

from __future__ import annotations

import logging
from datetime import date

import msgspec
import pytest
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict, Unusable
from cx280.kernel.quarter import Quarter
from cx280.measures import tasks
from cx280.measures.actions import correct_comment, save_codebook
from cx280.measures.models import CommentTheme, FoundTopics, Reading, ThemeFact
from cx280.measures.queries import Cut
from cx280.measures.queries.codebooks import codebook_of, trials_of
from cx280.measures.queries.themes import theme_counts, themes_by_quarter
from cx280.measures.rules.themes.codebook import federal, with_retired, with_theme
from cx280.responses.models import Comment
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person
from tests.dashboards.answered import (
    a_comment,
    a_measured_service,
    an_office,
    last_quarter_day,
    this_quarter,
)

pytestmark = pytest.mark.django_db


def filed(comment: Comment) -> dict[str, str]:
    """{theme: source} of a comment."""
    return dict(comment.themes.order_by("code").values_list("code", "source"))


def file_all() -> None:
    tasks.file_new_comments(timezone.now())
    tasks.refile_comments(timezone.now())


def agency(version: SurveyVersion) -> Organization:
    return agency_of(version.survey.service.owner)


def test_a_new_comment_is_read_and_filed_with_the_words_that_told() -> None:
    version = a_measured_service()
    comment = a_comment(version, "I waited for hours, terrible", trust=1)
    spanish = a_comment(version, "Muy amable, gracias", trust=5)

    tasks.file_new_comments(timezone.now())

    assert filed(comment) == {"wait": "cues"}
    assert comment.themes.get().words == ["waited", "hours"]
    readings = Reading.objects.order_by("pk").values_list("pk", "language", "tone")
    assert list(readings) == [(comment.pk, "en", "negative"), (spanish.pk, "es", "positive")]


def test_filing_twice_changes_nothing() -> None:
    version = a_measured_service()
    a_comment(version, "I waited for hours")
    file_all()
    before = list(CommentTheme.objects.values()), list(ThemeFact.objects.values("counts"))

    assert tasks.file_new_comments(timezone.now()) == 0
    assert tasks.refile_comments(timezone.now()) == 0

    assert (
        list(CommentTheme.objects.values()),
        list(ThemeFact.objects.values("counts")),
    ) == before


def test_themes_are_counted_by_quarter_office_channel_rating_and_language() -> None:
    version = a_measured_service()
    service = version.survey.service
    office = an_office(service, "Portland")
    a_comment(version, "I waited for hours", trust=1, unit=office)
    a_comment(version, "No wait at all", trust=5)
    a_comment(version, "Esperé mucho", trust=1, language="es")
    a_comment(version, "I waited", trust=1, day=last_quarter_day())
    a_comment(version, "I waited", trust=1, suspected="honeypot")
    file_all()

    now = theme_counts(service, this_quarter())
    there = theme_counts(service, this_quarter(), Cut(office))
    spanish = theme_counts(service, this_quarter(), language="es")
    low = theme_counts(service, this_quarter(), rating="low")

    assert (now.total, dict(now.themes["wait"])) == (3, {"low": 2, "high": 1})
    assert (there.total, there.of("wait")) == (1, 1)
    assert (spanish.total, spanish.of("wait")) == (1, 1)
    assert (low.total, low.of("phone")) == (2, 0)
    assert [each.total for each in themes_by_quarter(service).values()] == [1, 3]


def test_facts_equal_a_count_of_the_comments_themselves() -> None:
    version = a_measured_service()
    for text in ("I waited", "the website froze", "rude clerk on the phone", "…", "I waited long"):
        a_comment(version, text)
    file_all()

    counts = theme_counts(version.survey.service, this_quarter())

    by_hand = {
        code: CommentTheme.objects.filter(code=code).count()
        for code in CommentTheme.objects.values_list("code", flat=True)
    }
    assert {code: counts.of(code) for code in counts.themes} == by_hand
    assert counts.total == 5


def test_a_comment_released_later_counts_within_the_hour() -> None:
    version = a_measured_service()
    comment = a_comment(version, "I waited", suspected="honeypot")
    file_all()
    Comment.objects.filter(pk=comment.pk).update(counted=True)

    tasks.recheck_themes(timezone.now())

    assert theme_counts(version.survey.service, this_quarter()).of("wait") == 1


def test_a_changed_codebook_files_everything_anew_and_is_audited() -> None:
    version = a_measured_service()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    comment = a_comment(version, "The ferry waited", day=date(2025, 3, 3))
    file_all()
    own = agency(version)
    wait = federal().theme("wait")
    assert wait is not None
    ferry = msgspec.structs.replace(
        wait, code="ferry", name="Ferry", cues={"en": ("ferr*",), "es": ()}
    )

    saved = save_codebook(own, with_theme(federal(), ferry), based_on=0, by=lead)
    tasks.refile_comments(timezone.now())
    save_codebook(own, with_retired(codebook_of(own), wait), based_on=1, by=lead)
    tasks.refile_comments(timezone.now())

    assert saved is not None
    assert filed(comment) == {"ferry": "cues"}
    counts = theme_counts(version.survey.service, Quarter.of(date(2025, 3, 3)))
    assert (counts.of("ferry"), counts.of("wait")) == (1, 0)
    entries = AuditEntry.objects.filter(action="change_codebook").order_by("pk")
    assert [entry.detail["changes"] for entry in entries] == [["added Ferry"], ["retired Waiting"]]


def test_another_agency_keeps_its_codebook() -> None:
    version, other = a_measured_service(), a_measured_service("Trails")
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    wait = federal().theme("wait")
    assert wait is not None

    save_codebook(agency(version), with_retired(federal(), wait), based_on=0, by=lead)
    theirs = a_comment(other, "I waited")
    ours = a_comment(version, "I waited")
    file_all()

    assert (filed(theirs), filed(ours)) == ({"wait": "cues"}, {})


def test_two_people_cannot_overwrite_each_other_s_codebook() -> None:
    version = a_measured_service()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    wait = federal().theme("wait")
    assert wait is not None
    save_codebook(agency(version), with_retired(federal(), wait), based_on=0, by=lead)

    with pytest.raises(Conflict, match="meanwhile"):
        save_codebook(agency(version), federal(), based_on=0, by=lead)
    assert save_codebook(agency(version), codebook_of(agency(version)), based_on=1, by=lead) is None


def test_what_a_person_says_stands_above_the_machine() -> None:
    version = a_measured_service()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    comment = a_comment(version, "I waited for hours")
    file_all()

    correct_comment(comment, ["phone"], by=lead)
    tasks.refile_comments(timezone.now())

    assert filed(comment) == {"phone": "person"}
    counts = theme_counts(version.survey.service, this_quarter())
    assert (counts.of("phone"), counts.of("wait")) == (1, 0)
    entry = AuditEntry.objects.get(action="correct_comment")
    assert entry.detail == {"before": ["wait"], "after": ["phone"]}


def test_no_theme_is_an_answer_and_an_unknown_one_is_none() -> None:
    version = a_measured_service()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    comment = a_comment(version, "I waited for hours")
    file_all()

    correct_comment(comment, [], by=lead)
    with pytest.raises(Unusable, match="not in the codebook"):
        correct_comment(comment, ["boats"], by=lead)

    assert filed(comment) == {}


@pytest.mark.any_database
def test_a_hundred_corrections_teach_a_theme() -> None:
    version = a_measured_service()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    about = ["the ferry left early", "ferry was full", "missed the ferry", "no ferry on sunday"]
    other = ["rain all day", "it was sunny", "cold and windy", "snow in june"]
    for at in range(100):
        text = f"{(about if at % 2 else other)[at // 2 % 4]} {'abcdefghij'[at % 10]}"
        correct_comment(a_comment(version, text), ["access"] if at % 2 else [], by=lead)
    new = a_comment(version, "our ferry was late")

    file_all()

    assert filed(new) == {"access": "learned"}
    assert [(each.code, each.used) for each in trials_of(agency(version))] == [("access", True)]


def test_topics_are_found_where_there_are_enough_comments() -> None:
    version = a_measured_service()
    few = a_measured_service("Trails")
    a_comment(few, "garage parking")
    for at in range(160):
        text = ["garage parking full", "password reset code", "salmon season dates"][at % 3]
        a_comment(version, f"{text} {'abcdefgh'[at % 8]}")

    tasks.find_topics_in_comments(timezone.now())
    tasks.find_topics_in_comments(timezone.now())

    topics = FoundTopics.objects.get()
    assert topics.service == version.survey.service
    assert {"parking", "password", "salmon"} <= {w for t in topics.topics for w in t["words"]}
    assert all(len(set(topic["examples"])) == 3 for topic in topics.topics)


def test_no_word_of_a_comment_is_ever_logged(caplog: pytest.LogCaptureFixture) -> None:
    """At the most talkative level, with everything done to a comment, its words stay unsaid."""
    version = a_measured_service()
    lead = a_person(Role.CX_LEAD, version.survey.service.owner)
    caplog.set_level(logging.DEBUG)
    for logger in ("cx280", "django.request", "django.server"):
        logging.getLogger(logger).setLevel(logging.DEBUG)
    words = "quokkawaited xylophonehours zebrafinchclerk"
    comment = a_comment(version, f"{words} waited hours")

    file_all()
    correct_comment(comment, ["phone"], by=lead)
    tasks.recheck_themes(timezone.now())
    tasks.find_topics_in_comments(timezone.now())

    said = caplog.text + "".join(str(entry.detail) for entry in AuditEntry.objects.all())
    assert not [word for word in words.split() if word in said]
