"""Messages through a real mail server: in time, once, to whom the rules permit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from cx280.agencies.queries import agency_of
from cx280.delivery.actions import sending
from cx280.delivery.actions.reminding import send_reminders
from cx280.delivery.actions.reports import erase_addresses, erase_persons, report
from cx280.delivery.actions.sending import LEASE, Sent, send_waiting
from cx280.delivery.models import (
    Contact,
    ContactRule,
    Interaction,
    Invitation,
    OptOut,
    SentDay,
)
from cx280.delivery.queries.mail import mail_to_send, progress_of
from cx280.delivery.queries.terms import terms_of
from cx280.delivery.rules.vocabulary import MessageChannel, State
from cx280.responses.actions import count_messages
from cx280.responses.models import OfferCount
from cx280.surveys.models import Survey
from tests.delivery.builders import NOON, a_mailing, handed_over, rows, states
from tests.delivery.smtp_server import Taken

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TWO_DAYS = timedelta(hours=48)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Taken]:
    """A mail server as a process of its own."""
    running = Taken(tmp_path_factory.mktemp("smtp"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def mail(server: Taken, settings: Any) -> Taken:  # noqa: ANN401
    """The server, empty, and cx280 set to send through it."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.port
    for each in ("taken.jsonl", "busy"):
        if (server.folder / each).exists():
            (server.folder / each).unlink() if each == "busy" else (
                (server.folder / each).write_text("")
            )
    return server


def send(at: datetime) -> Sent:
    return send_waiting(lambda: at)


@pytest.mark.proves("280.10-k4", "280.10-b2")
def test_a_message_leaves_with_both_parts_and_the_ways_to_stop(mail: Taken) -> None:
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org", language="es"))

    assert send(NOON + HOUR).sent == 1

    message = mail.read()
    key = Invitation.objects.get().key
    assert message["To"] == "ana@example.org"
    assert message["From"].startswith("Boat Permits <")
    assert message["Subject"] == "¿Cómo le fue? Boat permits"
    assert key in message["Message-ID"]
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.get_body(("plain",)).get_content().count(f"/s/{survey.code}/?") == 5  # type: ignore[union-attr]
    assert message.get_body(("html",)) is not None
    kept = Invitation.objects.get()
    assert (kept.sent_at, kept.lag_minutes, kept.address) == (NOON + HOUR, 60, "")


@pytest.mark.proves("280.10-b2")
@pytest.mark.parametrize(
    ("after", "leaves"),
    [(TWO_DAYS - timedelta(minutes=1), True), (TWO_DAYS, True),
     (TWO_DAYS + timedelta(seconds=1), False), (TWO_DAYS + timedelta(minutes=1), False)],
)  # fmt: skip
def test_the_clock_is_looked_at_when_the_message_leaves(
    mail: Taken, after: timedelta, leaves: bool
) -> None:
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org"))

    send(NOON + after)

    assert states(survey) == {"sent" if leaves else "expired": 1}
    assert len(mail.messages()) == leaves
    assert Invitation.objects.get().address == ""
    assert Contact.objects.count() == leaves


@pytest.mark.proves("280.10-b2")
def test_a_message_claimed_in_time_and_due_too_late_does_not_leave(mail: Taken) -> None:
    """The clock moves while a worker works through what it claimed."""
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org", "bo@example.org"))
    moments = iter([NOON] * 5 + [NOON + TWO_DAYS] + [NOON + TWO_DAYS + timedelta(seconds=1)] * 20)

    send_waiting(lambda: next(moments))

    assert states(survey) == {"sent": 1, "expired": 1}
    assert len(mail.messages()) == 1


@pytest.mark.proves("280.10-b2")
def test_the_record_itself_holds_no_message_that_left_too_late() -> None:
    handed_over(a_mailing(), rows("ana@example.org"))

    with pytest.raises(IntegrityError), transaction.atomic():
        Invitation.objects.update(sent_at=NOON + TWO_DAYS + timedelta(seconds=1))


@pytest.mark.proves("280.10-k4")
def test_the_same_file_twice_sends_nothing_more(mail: Taken) -> None:
    survey = a_mailing()
    first = handed_over(survey, rows("ana@example.org", "bo@example.org"))
    send(NOON + HOUR)

    again = handed_over(survey, rows("ana@example.org", "bo@example.org", "cy@example.org"))
    send(NOON + 2 * HOUR)

    assert (first.rows, first.accepted, first.known) == (2, 2, 0)
    assert (again.rows, again.accepted, again.known) == (3, 1, 2)
    assert [each["to"] for each in mail.messages()] == [
        ["ana@example.org"], ["bo@example.org"], ["cy@example.org"],
    ]  # fmt: skip


@pytest.mark.proves("280.10-o3")
def test_nobody_inside_a_quiet_period_is_written_to(mail: Taken) -> None:
    survey = a_mailing()
    ContactRule.objects.update(quiet_days=30)
    handed_over(survey, rows("ana@example.org", "ANA@Example.org"))

    send(NOON + HOUR)
    send(NOON + 2 * HOUR)

    assert states(survey) == {"sent": 1, "quiet": 1}
    assert len(mail.messages()) == 1
    assert Invitation.objects.exclude(address="").count() == 0


@pytest.mark.proves("280.10-k4")
def test_an_address_that_does_not_exist_is_no_offer_and_no_contact(mail: Taken) -> None:
    survey = a_mailing()
    handed_over(survey, rows("nobody@example.org", "ana@example.org"))

    done = send(NOON + HOUR)

    assert (done.sent, done.bounced) == (1, 1)
    assert states(survey) == {"bounced": 1, "sent": 1}
    assert SentDay.objects.get().offered == 1
    assert Contact.objects.count() == 1


def test_what_the_server_puts_off_is_tried_again_and_sent_once(mail: Taken) -> None:
    survey = a_mailing()
    handed_over(survey, rows("later@example.org"))
    (mail.folder / "busy").touch()

    assert send(NOON + HOUR).again == 1
    assert send(NOON + HOUR).again == 0  # not at once
    (mail.folder / "busy").unlink()
    assert send(NOON + HOUR + timedelta(minutes=3)).sent == 1

    assert len(mail.messages()) == 1
    assert Contact.objects.count() == 1


def test_while_the_server_is_away_everything_waits(mail: Taken, settings: Any) -> None:  # noqa: ANN401
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org", "bo@example.org"))
    settings.EMAIL_PORT = 1

    send(NOON + HOUR)
    assert states(survey) == {"waiting": 2}
    settings.EMAIL_PORT = mail.port
    send(NOON + HOUR + LEASE + timedelta(minutes=1))

    assert states(survey) == {"sent": 2}
    assert len(mail.messages()) == 2


def test_the_lease_of_a_worker_that_died_is_given_back(mail: Taken) -> None:
    survey = a_mailing()
    ContactRule.objects.update(quiet_days=30)
    handed_over(survey, rows("ana@example.org"))
    done = Sent()
    claimed, _ = sending._claim(survey, terms_of(survey), NOON + HOUR, done, MessageChannel.EMAIL)
    assert len(claimed) == 1  # and here the worker is killed

    assert send(NOON + HOUR + timedelta(minutes=1)).sent == 0
    assert send(NOON + HOUR + LEASE + timedelta(seconds=1)).sent == 1
    assert len(mail.messages()) == Contact.objects.count() == 1


@pytest.mark.proves("280.10-k4")
def test_a_message_in_doubt_is_counted_apart_and_never_sent_again(mail: Taken) -> None:
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org"))
    Interaction.objects.update(state=State.IN_DOUBT)  # as a killed worker leaves it

    send(NOON + HOUR)
    send(NOON + TWO_DAYS)

    assert (states(survey), mail.messages()) == ({"in_doubt": 1}, [])
    erase_addresses(NOON + TWO_DAYS + HOUR)
    assert Invitation.objects.get().address == ""


@pytest.mark.proves("280.10-k4")
def test_where_the_connection_breaks_at_the_end_it_is_in_doubt_and_the_next_goes_on(
    mail: Taken,
) -> None:
    """The server took the message, and nobody here can know."""
    survey = a_mailing()
    handed_over(survey, rows("broken@example.org", "ana@example.org"))

    done = send(NOON + HOUR)
    send(NOON + 2 * HOUR)

    assert (done.in_doubt, done.sent) == (1, 1)
    assert states(survey) == {"in_doubt": 1, "sent": 1}
    assert [each["to"] for each in mail.messages()] == [
        ["broken@example.org"], ["ana@example.org"],
    ]  # fmt: skip
    assert Invitation.objects.exclude(address="").count() == 0
    assert SentDay.objects.get().offered == 1


@pytest.mark.proves("280.10-k4")
def test_bounces_and_complaints_that_come_later_are_taken_off_the_offers(mail: Taken) -> None:
    survey = a_mailing()
    people = ("ana@example.org", "bo@example.org", "cy@example.org")
    handed_over(survey, rows(*people))
    send(NOON + HOUR)
    count_messages()
    assert OfferCount.objects.get().offered == 3

    first, second, _ = Invitation.objects.select_related(
        "interaction__agency", "version__survey__service__owner"
    ).order_by("pk")
    assert report(first, kind="bounced", now=NOON + 2 * HOUR)
    assert report(second, kind="complained", now=NOON + 2 * HOUR)
    assert not report(second, kind="complained", now=NOON + 3 * HOUR)
    assert count_messages() == 1
    assert count_messages() == 0

    assert states(survey) == {"bounced": 1, "complained": 1, "sent": 1}
    assert OfferCount.objects.get().offered == SentDay.objects.get().offered == 1
    assert OptOut.objects.get().person == second.person


@pytest.mark.proves("280.10-o3")
def test_who_opted_out_gets_nothing_from_any_survey_of_the_agency(mail: Taken) -> None:
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org", "bo@example.org"))
    ana = Invitation.objects.order_by("pk")[0]
    OptOut.objects.create(agency=agency_of(survey.service.owner), person=ana.person, said_at=NOON)

    send(NOON + HOUR)

    assert states(survey) == {"opted_out": 1, "sent": 1}
    assert [each["to"] for each in mail.messages()] == [["bo@example.org"]]


@pytest.mark.proves("280.10-b2")
def test_one_reminder_at_most_and_inside_the_hours(mail: Taken) -> None:
    survey = a_mailing(reminder_hours=24)
    handed_over(survey, rows("ana@example.org"))
    send(NOON + HOUR)
    handed_over(survey, rows("bo@example.org"), NOON + 30 * HOUR)
    send(NOON + 30 * HOUR)  # too late for a reminder after 24 more hours

    for hour in (24, 25, 26, 40, 47, 49):
        send_reminders(lambda at=NOON + hour * HOUR: at)  # type: ignore[misc]

    reminders = [each for each in mail.messages() if "Reminder" in each["data"]]
    assert [each["to"] for each in reminders] == [["ana@example.org"]]
    assert Invitation.objects.exclude(address="").count() == 0
    assert [each.offered for each in SentDay.objects.all()] == [1, 1]  # reminders are no offers


@pytest.mark.parametrize("why", ["opted out", "closed", "too late", "bounced"])
def test_no_reminder_goes_to_whom_none_may_go(mail: Taken, why: str) -> None:
    survey = a_mailing(reminder_hours=24)
    handed_over(survey, rows("ana@example.org"))
    send(NOON + HOUR)
    ana, at = Invitation.objects.select_related("interaction__agency", "version").get(), 25 * HOUR
    if why == "opted out":
        OptOut.objects.create(
            agency=agency_of(survey.service.owner), person=ana.person, said_at=NOON
        )
    elif why == "closed":
        Survey.objects.update(state=Survey.State.CLOSED)
    elif why == "too late":
        at = 49 * HOUR
    else:
        report(ana, kind="bounced", now=NOON + 2 * HOUR)

    assert send_reminders(lambda: NOON + at).reminded == 0
    assert len(mail.messages()) == 1
    assert Invitation.objects.get().address == ""


def test_hashes_of_persons_go_when_nobody_can_complain_any_more(mail: Taken) -> None:
    handed_over(a_mailing(), rows("ana@example.org"))
    send(NOON)

    assert erase_persons(NOON + timedelta(days=30)) == 0
    assert erase_persons(NOON + timedelta(days=30, seconds=1)) == 1
    assert Invitation.objects.get().person == ""


@pytest.mark.proves("280.10-k1", "280.10-b2")
def test_the_page_s_figures_equal_what_was_sent(mail: Taken) -> None:
    survey = a_mailing()
    handed_over(survey, rows("ana@example.org", "bo@example.org", "nobody@example.org"))
    send(NOON + HOUR)
    handed_over(survey, rows("cy@example.org"))
    send(NOON + 3 * HOUR)

    found = progress_of(survey, terms_of(survey), NOON - HOUR)

    assert found.states == {State.SENT: 3, State.BOUNCED: 1}
    assert found.lags is not None
    assert (found.lags.n, found.lags.median, found.lags.p90) == (3, 60, 180)
    assert (found.lags.share_within, found.offered) == (1, 3)


def test_the_job_starts_only_when_there_is_something_to_send(mail: Taken) -> None:
    survey = a_mailing(reminder_hours=24)
    assert not mail_to_send(NOON, None)
    handed_over(survey, rows("ana@example.org"))
    assert mail_to_send(NOON, None)
    send(NOON)
    assert not mail_to_send(NOON + HOUR, None)
    assert mail_to_send(NOON + 25 * HOUR, None)
