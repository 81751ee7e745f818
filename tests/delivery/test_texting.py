"""Texts through a provider that is a process of its own: in time, by day, once, to whom agreed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cx280.delivery.actions import sending
from cx280.delivery.actions.reminding import send_reminders
from cx280.delivery.actions.reports import erase_addresses, report
from cx280.delivery.actions.sending import Sent, send_waiting
from cx280.delivery.models import Contact, ContactRule, Invitation, OptOut, SentDay
from cx280.delivery.queries.mail import mail_to_send
from cx280.delivery.rules.vocabulary import MessageChannel
from cx280.kernel.problem import Conflict
from cx280.surveys.models import Survey
from tests.delivery.builders import NOON, a_mailing, handed_over, rows, states, text_rows
from tests.delivery.text_provider import TextProvider

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
TWO_DAYS = timedelta(hours=48)
# Noon in New York; NOON is noon in London, 7 in the morning there.
DAY = datetime(2022, 3, 1, 17, tzinfo=UTC)
ANA, BO, CY = "+12023450101", "+12023450102", "+12023450103"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TextProvider]:
    """A provider of texts as a process of its own."""
    running = TextProvider(tmp_path_factory.mktemp("texts"))
    running.start()
    yield running
    running.stop()


@pytest.fixture
def texts(provider: TextProvider, settings: Any) -> TextProvider:  # noqa: ANN401
    """The provider, empty, and cx280 set to send through it."""
    provider.forget()
    settings.CX280_WEBHOOK_PRIVATE = ["127.0.0.0/8"]
    settings.CX280_WEBHOOK_SECONDS = 1.0
    settings.CX280_SMS_URL = provider.url
    settings.CX280_SMS_FIELDS = (
        '{"To": "{to}", "Body": "{text}", "StatusCallback": "{receipts}", "Name": "{delivery}"}'
    )
    settings.PUBLIC_ADDRESS = "https://cx.example.gov"
    return provider


def texting(**fields: Any) -> Survey:
    """A survey that may text as well."""
    return a_mailing(**{"by_text": True, **fields})


def send(at: datetime) -> Sent:
    return send_waiting(lambda: at)


@pytest.mark.proves("280.10-k4", "280.10-b2")
def test_a_text_says_who_writes_where_to_answer_and_how_to_stop(texts: TextProvider) -> None:
    survey = texting()
    handed_over(survey, text_rows(ANA, ended_at=DAY), DAY)

    assert send(DAY + HOUR).sent == 1

    (text,) = texts.texts()
    kept = Invitation.objects.get()
    assert text["To"] == ANA
    assert text["Body"] == (
        "Boat Permits: How was Boat permits? Please tell us: "
        f"https://cx.example.gov/s/{survey.code}/?lang=en&ended=2022-03-01T17 "
        "Reply STOP to stop."
    )
    assert text["Name"] == kept.key
    assert text["StatusCallback"].endswith(f"?message={kept.key}")
    assert (kept.sent_at, kept.lag_minutes, kept.address, kept.parts) == (DAY + HOUR, 60, "", 1)
    assert [(each.channel, each.offered) for each in SentDay.objects.all()] == [("sms", 1)]


@pytest.mark.proves("280.10-b2")
@pytest.mark.parametrize(
    ("after", "leaves"),
    [(TWO_DAYS - timedelta(seconds=1), True), (TWO_DAYS, True),
     (TWO_DAYS + timedelta(seconds=1), False)],
)  # fmt: skip
def test_a_text_leaves_within_48_hours_to_the_second(
    texts: TextProvider, after: timedelta, leaves: bool
) -> None:
    survey = texting()
    handed_over(survey, text_rows(ANA, ended_at=DAY), DAY)

    send(DAY + after)

    assert states(survey) == {"sent" if leaves else "expired": 1}
    assert len(texts.texts()) == leaves
    assert Invitation.objects.get().address == ""


@pytest.mark.parametrize(
    ("zone", "hour", "leaves"),
    [("", 13, True), ("", 12, False),  # the area code is in the east: 8 and 7 o'clock there
     ("", 26, False), ("", 25, True),  # 21 and 20 o'clock
     ("America/Los_Angeles", 15, False), ("America/Los_Angeles", 16, True),
     ("Pacific/Honolulu", 17, False), ("Pacific/Honolulu", 18, True)],
)  # fmt: skip
def test_no_text_arrives_at_night_where_its_reader_is(
    texts: TextProvider, zone: str, hour: int, leaves: bool
) -> None:
    survey = texting()
    midnight = datetime(2022, 3, 1, tzinfo=UTC)
    handed_over(survey, text_rows(ANA, time_zone=zone, ended_at=midnight), midnight)

    send(midnight + hour * HOUR)

    assert states(survey) == {"sent" if leaves else "waiting": 1}
    assert len(texts.texts()) == leaves


def test_a_text_that_waits_for_the_morning_leaves_then_and_the_job_rests_until(
    texts: TextProvider,
) -> None:
    survey = texting()
    evening = datetime(2022, 3, 2, 2, 30, tzinfo=UTC)  # 21:30 in New York
    morning = datetime(2022, 3, 2, 13, tzinfo=UTC)
    handed_over(survey, text_rows(ANA, ended_at=evening), evening)

    assert not mail_to_send(evening + HOUR, None)
    assert send(morning - timedelta(seconds=1)).sent == 0
    assert mail_to_send(morning, None)
    assert send(morning).sent == 1


def test_a_text_that_falls_into_the_night_on_its_way_is_put_back(texts: TextProvider) -> None:
    """It was claimed by day, and the clock moved on before it left."""
    survey = texting()
    handed_over(survey, text_rows(ANA, ended_at=DAY), DAY)
    night = datetime(2022, 3, 2, 2, 0, tzinfo=UTC)
    before = night - timedelta(seconds=1)
    moments = iter([before] * 6 + [night] * 20)

    done = send_waiting(lambda: next(moments))

    assert (done.sent, done.later) == (0, 1)
    assert texts.texts() == []
    assert send(datetime(2022, 3, 2, 13, tzinfo=UTC)).sent == 1


@pytest.mark.proves("280.10-b2")
def test_a_text_without_an_hour_of_day_before_it_is_too_late_is_suppressed_and_counted(
    texts: TextProvider,
) -> None:
    survey = texting()
    evening = datetime(2022, 3, 3, 2, 30, tzinfo=UTC)  # 21:30; 47 hours ago it ended
    kept = handed_over(survey, text_rows(ANA, ended_at=evening - 47 * HOUR), evening)

    assert states(survey) == {"night": 1}
    assert "No hour of the day is left" in str(kept.findings)
    assert Invitation.objects.count() == 0  # and no number of theirs was kept


@pytest.mark.proves("280.10-o3")
def test_who_is_known_by_number_and_address_is_one_person_to_the_rules(texts: TextProvider) -> None:
    survey = texting()
    ContactRule.objects.update(quiet_days=30)
    handed_over(survey, rows("ana@example.org", ended_at=DAY), DAY)
    send(DAY + HOUR)
    handed_over(survey, text_rows(ANA, also="ana@example.org", ended_at=DAY), DAY)

    send(DAY + 2 * HOUR)

    assert states(survey) == {"sent": 1, "quiet": 1}
    assert texts.texts() == []


@pytest.mark.proves("280.10-o3")
def test_who_said_stop_gets_nothing(texts: TextProvider) -> None:
    survey = texting()
    handed_over(survey, text_rows(ANA, BO, ended_at=DAY), DAY)
    ana = Invitation.objects.order_by("pk")[0]
    OptOut.objects.create(agency=ana.interaction.agency, person=ana.person, said_at=DAY)

    send(DAY + HOUR)

    assert states(survey) == {"opted_out": 1, "sent": 1}
    assert [each["To"] for each in texts.texts()] == [BO]


@pytest.mark.proves("280.10-k4")
@pytest.mark.parametrize(
    ("number", "state"),
    [("+12025550101", "bounced"), ("+12029450101", "opted_out"),
     ("+12027450101", "in_doubt"), ("+12028450101", "in_doubt")],
)  # fmt: skip
def test_what_the_provider_makes_of_a_text(texts: TextProvider, number: str, state: str) -> None:
    """No mobile phone; STOP said to the provider; the line cut; no answer at all."""
    survey = texting()
    handed_over(survey, text_rows(number, CY, ended_at=DAY), DAY)

    send(DAY + HOUR)
    send(DAY + 2 * HOUR)

    assert states(survey) == {state: 1, "sent": 1}
    taken = [number] if state == "in_doubt" else []
    assert [each["To"] for each in texts.texts()] == [*taken, CY]
    assert SentDay.objects.get().offered == 1
    assert Invitation.objects.exclude(address="").count() == 0
    assert OptOut.objects.count() == (state == "opted_out")
    assert Contact.objects.count() == (2 if state == "in_doubt" else 1)


def test_a_provider_that_is_asked_too_often_is_left_alone_as_long_as_it_says(
    texts: TextProvider,
) -> None:
    survey = texting()
    people = [f"+1202645010{each}" for each in range(4)]
    handed_over(survey, text_rows(*people, ended_at=DAY), DAY)
    (texts.folder / "busy").write_text("120")
    at = DAY + HOUR

    assert send(at).again == 1
    assert send(at + timedelta(seconds=119)).again == 0  # nobody asks before
    (texts.folder / "busy").unlink()
    assert send(at + timedelta(seconds=121)).sent == 4

    assert len(texts.texts()) == 4
    assert states(survey) == {"sent": 4}


@pytest.mark.parametrize("why", ["closed", "unreachable", "not set up"])
def test_while_nobody_carries_texts_they_wait_and_mail_goes_on(
    texts: TextProvider,
    settings: Any,  # noqa: ANN401
    mailoutbox: list[Any],
    why: str,
) -> None:
    survey = texting()
    handed_over(survey, text_rows(ANA, BO, ended_at=DAY), DAY)
    handed_over(survey, rows("ana@example.org", ended_at=DAY), DAY)
    if why == "closed":
        (texts.folder / "closed").touch()
    elif why == "unreachable":
        settings.CX280_SMS_URL = "http://127.0.0.1:1/"
    else:
        settings.CX280_SMS_URL = ""

    send(DAY + HOUR)

    assert states(survey) == {"waiting": 2, "sent": 1}
    assert len(mailoutbox) == 1
    (texts.folder / "closed").unlink(missing_ok=True)
    settings.CX280_SMS_URL = texts.url
    assert send(DAY + 2 * HOUR).sent == 2


@pytest.mark.proves("280.10-b2")
def test_one_reminder_at_most_by_day_and_only_where_it_is_wanted(texts: TextProvider) -> None:
    plain = texting()
    handed_over(plain, text_rows(ANA, ended_at=DAY), DAY)
    wanted = texting(text_reminder_hours=10)
    handed_over(wanted, text_rows(BO, ended_at=DAY), DAY)
    send(DAY)
    in_the_night = DAY + 10 * HOUR

    for at in (in_the_night, DAY + 20 * HOUR, DAY + 21 * HOUR, DAY + 40 * HOUR):
        send_reminders(lambda at=at: at)  # type: ignore[misc]

    reminders = [each for each in texts.texts() if "Reminder." in each["Body"]]
    assert [each["To"] for each in reminders] == [BO]
    assert reminders[0]["Name"].endswith("r")
    kept = Invitation.objects.get(interaction__survey=wanted)
    assert (kept.reminded_at, kept.parts) == (DAY + 20 * HOUR, 2)
    assert Invitation.objects.exclude(address="").count() == 0


def test_a_reminder_that_was_surely_not_taken_stays_due(texts: TextProvider) -> None:
    survey = texting(text_reminder_hours=2)
    handed_over(survey, text_rows("+12026450101", ended_at=DAY), DAY)
    send(DAY)
    (texts.folder / "busy").write_text("60")

    assert send_reminders(lambda: DAY + 2 * HOUR).reminded == 0
    (texts.folder / "busy").unlink()
    assert send_reminders(lambda: DAY + 3 * HOUR).reminded == 1


@pytest.mark.proves("280.10-k4")
def test_a_receipt_that_comes_before_we_noted_the_sending_counts_once(
    texts: TextProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey = texting()
    handed_over(survey, text_rows(ANA, ended_at=DAY), DAY)
    note = sending._note_sent

    def told_first(invitation: Invitation, *given: Any) -> None:
        assert report(invitation, kind="bounced", now=DAY + HOUR)
        note(invitation, *given)

    monkeypatch.setattr(sending, "_note_sent", told_first)
    send(DAY + HOUR)

    assert states(survey) == {"bounced": 1}
    assert SentDay.objects.count() == 0
    assert Invitation.objects.get().address == ""


def test_the_number_is_encrypted_and_erased_like_an_address(texts: TextProvider) -> None:
    survey = texting()
    handed_over(survey, text_rows(ANA, time_zone="America/Chicago", ended_at=DAY), DAY)

    kept = Invitation.objects.get()
    assert "2023450101" not in kept.address
    assert kept.time_zone == "America/Chicago"
    Invitation.objects.update(leave_by=DAY)
    send(DAY + HOUR)

    kept = Invitation.objects.get()
    assert (kept.address, kept.time_zone) == ("", "")
    assert erase_addresses(DAY + HOUR) == 0


def test_texts_are_not_switched_on_where_nobody_carries_them(settings: Any) -> None:  # noqa: ANN401
    settings.CX280_SMS_URL = ""

    with pytest.raises(Conflict, match="not set up"):
        texting()


def test_a_survey_without_texts_refuses_numbers_and_takes_addresses(texts: TextProvider) -> None:
    survey = a_mailing()

    refused = handed_over(survey, text_rows(ANA), NOON)
    taken = handed_over(survey, rows("ana@example.org"), NOON)

    assert (refused.accepted, refused.refused, taken.accepted) == (0, 1, 1)
    assert "sends no texts" in refused.findings[0][1]
    assert Invitation.objects.get().interaction.channel == MessageChannel.EMAIL


def test_texts_that_were_switched_off_meanwhile_are_not_sent(texts: TextProvider) -> None:
    survey = texting()
    handed_over(survey, text_rows(ANA, ended_at=DAY), DAY)
    survey.mailing.by_text = False
    survey.mailing.save()

    send(DAY + HOUR)

    assert (states(survey), texts.texts()) == ({"closed": 1}, [])
