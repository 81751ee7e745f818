"""The visit an answer came from: kept only under a promise that says so, shown to nobody."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.dashboards.tasks import forget_joined_visits
from cx280.responses import actions
from cx280.responses.models import Response
from cx280.responses.rules.visits import JOINED_DAYS, last_day_apart, visit_kept
from cx280.responses.tokens import new_token, read_token
from cx280.surveys.models import Survey, SurveyVersion
from cx280.surveys.rules.vocabulary import Promise
from tests.builders import a_person, a_response
from tests.responses.joined import VISIT, a_joined_survey
from tests.responses.visits import address, an_open_survey, send, token_on
from tests.telemetry.builders import a_site

database = pytest.mark.django_db
part = st.integers(0, 2**32 - 1).map(str)


def opened_with(client: Client, version: SurveyVersion, query: str = f"?visit={VISIT}") -> str:
    """The token of the survey's page, opened at that address."""
    return token_on(client.get(address(version) + query))


def aged(version: SurveyVersion, token: str) -> str:
    """The same token as if its page had been read for a minute."""
    read = read_token(token)
    assert read is not None
    then = timezone.now() - timedelta(minutes=1)
    return new_token(version.pk, then, read.unit, who=read.who, visit=read.visit).written()


# What may be kept


@pytest.mark.proves("280.7-j2")
@given(st.text(max_size=40) | st.just(VISIT))
def test_under_a_promise_of_anonymity_no_visit_is_ever_kept(written: str) -> None:
    assert visit_kept(written, Promise.ANONYMOUS, is_cleared=True) == ""


@pytest.mark.proves("280.7-j2")
@given(part, part, part)
def test_a_visit_as_the_script_names_it_is_kept(one: str, two: str, three: str) -> None:
    name = f"{one}-{two}-{three}"

    assert visit_kept(name, Promise.SAME_VISIT, is_cleared=True) == (
        name if len(name) >= 20 else ""
    )


@pytest.mark.parametrize(
    "written",
    ["", "123-45-6789", "503-555-0134", "ada@example.gov", "case-1234567890-12345678901234",
     "4111111111111111", f"{VISIT}9", f" {VISIT}", f"{VISIT}\n", VISIT.replace("-", "_"),
     "٢٩٣٦٤٧٨١٠٢-١٠٣٨٤٧٥٦٢٩-٣٨٤٧٥٦١٠٢٩"],
)  # fmt: skip
def test_what_could_be_somebody_s_number_is_not_kept(written: str) -> None:
    assert visit_kept(written, Promise.SAME_VISIT, is_cleared=True) == ""


# What people are told


@database
def test_the_page_says_what_the_answers_are_kept_with_and_how_to_keep_them_apart(
    client: Client,
) -> None:
    version = a_joined_survey()

    english = client.get(f"{address(version)}?visit={VISIT}&unit=north&lang=en").content.decode()
    spanish = client.get(f"{address(version)}?visit={VISIT}&lang=es").content.decode()

    assert "may be read together with what you did there in this visit" in english
    assert "take it off after 91 days at the latest" in english
    assert "anonymous" not in english
    assert '<a href="?lang=en&amp;unit=north">Keep my answers apart from my visit</a>' in english
    assert f"?lang=es&amp;unit=north&amp;visit={VISIT}" in english
    assert "pueden leerse junto con lo que hizo allí" in spanish
    assert "anónima" not in spanish


@database
def test_without_a_visit_the_page_promises_what_every_survey_does(client: Client) -> None:
    version = a_joined_survey()

    page = client.get(address(version)).content.decode()

    assert "Voluntary and anonymous." in page
    assert "read together" not in page


@database
@pytest.mark.proves("280.10-b3", "INC-29")
def test_without_a_clearance_no_visit_is_asked_for_told_of_or_kept(client: Client) -> None:
    version = a_joined_survey()
    Survey.objects.update(collection=None)

    shown = client.get(f"{address(version)}?visit={VISIT}").content.decode()
    actions.store(
        SurveyVersion.objects.select_related("survey__service__owner").get(),
        token_id=new_token(version.pk, timezone.now()).response_id,
        answers={"trust": 2},
        received_at=timezone.now(),
        visit=VISIT,
    )

    assert VISIT not in shown
    assert "Keep my answers apart" not in shown
    assert Response.objects.get().visit == ""


@database
@pytest.mark.proves("280.7-j2", "280.10-b3")
def test_a_survey_that_promises_anonymity_takes_no_visit_whatever_the_address_says(
    client: Client,
) -> None:
    version = an_open_survey()

    shown = client.get(f"{address(version)}?visit={VISIT}")
    token = read_token(token_on(shown))
    send(client, version, aged(version, token_on(shown)), trust="2")

    assert token is not None
    assert token.visit == ""
    assert VISIT not in shown.content.decode()
    assert Response.objects.get().visit == ""


@database
@pytest.mark.proves("280.7-j2")
def test_a_forged_start_of_an_anonymous_survey_stores_no_visit_either() -> None:
    version = an_open_survey()

    actions.store(
        version,
        token_id=new_token(version.pk, timezone.now()).response_id,
        answers={"trust": 2},
        received_at=timezone.now(),
        visit=VISIT,
    )

    assert Response.objects.get().visit == ""


# From the page to the record


@database
def test_the_visit_goes_with_the_page_into_the_record(client: Client) -> None:
    version = a_joined_survey()
    token = aged(version, opened_with(client, version))

    send(client, version, token, trust="2")

    assert Response.objects.get().visit == VISIT


@database
@pytest.mark.proves("INC-29")
def test_who_keeps_answers_apart_is_joined_with_nothing(client: Client) -> None:
    version = a_joined_survey()
    page = client.get(f"{address(version)}?visit={VISIT}").content.decode()
    found = re.search(r'<a href="([^"]+)">Keep my answers apart', page)
    assert found

    token = aged(version, opened_with(client, version, found.group(1)))
    send(client, version, token, trust="2")

    assert Response.objects.get().visit == ""


@database
def test_a_federal_employee_stays_one_apart_and_in_another_language(client: Client) -> None:
    version = a_joined_survey()

    page = client.get(f"{address(version)}?visit={VISIT}&who=employee&lang=en").content.decode()

    assert '<a href="?lang=en&amp;who=employee">Keep my answers apart' in page
    assert f"?lang=es&amp;who=employee&amp;visit={VISIT}" in page


@database
def test_a_page_shown_once_more_still_tells_and_still_knows_its_visit(client: Client) -> None:
    version = a_joined_survey()
    token = aged(version, opened_with(client, version))

    again = send(client, version, token)

    assert "may be read together" in again.content.decode()
    read = read_token(token_on(again))
    assert read is not None
    assert read.visit == VISIT


@database
def test_a_token_made_before_there_were_visits_is_still_read() -> None:
    from cx280.responses import tokens

    old = tokens._signer().sign_object(["0" * 32, 7, 1000, "north", 0, "federal_employee"])

    read = read_token(old)

    assert read is not None
    assert (read.unit, read.who, read.visit) == ("north", "federal_employee", "")


@database
def test_only_an_answer_from_a_survey_page_can_have_a_visit() -> None:
    version = a_joined_survey()

    with pytest.raises(IntegrityError):
        a_response(version, visit=VISIT, source="import")


# Where it must not be


@database
def test_no_log_names_the_visit(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    version = a_joined_survey()
    caplog.set_level(logging.DEBUG)
    client.get(f"/s/nowhere/?visit={VISIT}")
    token = aged(version, opened_with(client, version))
    client.post(f"{address(version)}?visit={VISIT}", {"_page": token, "trust": "9"})
    client.post(f"{address(version)}?visit={VISIT}", {"_page": token, "trust": "2"})

    # The test database logs each statement; a server does so only when told to, for no one else.
    told = [each.getMessage() for each in caplog.records if each.name != "django.db.backends"]

    assert Response.objects.get().visit == VISIT
    assert [each for each in told if VISIT in each] == []


@database
def test_no_other_website_learns_of_the_visit(client: Client) -> None:
    answer = client.get(f"{address(a_joined_survey())}?visit={VISIT}")

    assert answer["Referrer-Policy"] == "same-origin"
    assert "private" in answer["Cache-Control"]
    assert not answer.cookies


@database
@pytest.mark.proves("280.7-j2")
@pytest.mark.parametrize("form", ["csv", "touchpoints17"])
def test_no_export_carries_the_visit(
    sign_in: Callable[[Person], Client], client: Client, form: str
) -> None:
    version = a_joined_survey()
    send(client, version, aged(version, opened_with(client, version)), trust="2", comment="Slow.")
    staff = sign_in(a_person(Role.CX_LEAD, version.survey.service.owner))

    file = staff.get(f"/responses/{version.survey.code}/export/?format={form}")

    text = b"".join(file).decode()
    assert file.status_code == 200
    assert "Slow." in text
    assert VISIT not in text
    assert "visit" not in text.splitlines()[0].lower()


def test_the_visit_is_declared_as_what_is_shown_to_nobody() -> None:
    assert Response.exposure["visit"] == "personal"


@database
def test_the_audit_trail_and_every_other_table_know_nothing_of_the_visit(client: Client) -> None:
    version = a_joined_survey()
    send(client, version, aged(version, opened_with(client, version)), trust="2", comment="Slow.")

    holders = [table for table in connection.introspection.table_names() if _holds(table, VISIT)]

    assert holders == ["responses_response"]


def _holds(table: str, text: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        return any(text in repr(row) for row in cursor.fetchall())


# How long


@pytest.mark.parametrize(
    ("kept", "apart"),
    [(None, date(2026, 3, 1)), (180, date(2026, 3, 1)), (30, date(2026, 5, 1))],
)
def test_a_visit_goes_with_the_events_and_after_a_quarter_at_the_latest(
    kept: int | None, apart: date
) -> None:
    assert JOINED_DAYS == 91
    assert last_day_apart(date(2026, 6, 1), kept) == apart


@database
def test_the_worker_takes_visits_off_answers_when_their_events_are_forgotten() -> None:
    today = timezone.localdate()
    version, other = a_joined_survey(), a_joined_survey()
    a_site(version.survey.service, retention_days=30)
    a_site(version.survey.service, retention_days=400)

    def answer(of: SurveyVersion, days: int) -> Response:
        return a_response(of, visit=VISIT, day=today - timedelta(days=days))

    kept = [answer(version, 30), answer(other, 91)]
    gone = [answer(version, 31), answer(version, 200), answer(other, 92)]

    assert forget_joined_visits(today) == 3
    assert forget_joined_visits(today) == 0

    by_id = dict(Response.objects.values_list("pk", "visit"))
    assert by_id == {each.pk: VISIT for each in kept} | {each.pk: "" for each in gone}


def test_the_worker_looks_every_hour() -> None:
    from cx280.site.jobs import JOBS

    (job,) = [each for each in JOBS if each.task is forget_joined_visits]

    assert (job.every, job.takes) == (3600, "today")
