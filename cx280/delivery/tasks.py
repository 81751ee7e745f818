"""What the worker does for delivery; each is safe to run twice."""

from datetime import datetime

from django.utils import timezone

from cx280.delivery.actions.folder import take_files, take_reports
from cx280.delivery.actions.following import destroy_followings
from cx280.delivery.actions.hooks import forget_seen
from cx280.delivery.actions.kiosks import forget_beginnings
from cx280.delivery.actions.people import change_secrets
from cx280.delivery.actions.reaching import count_reach as recount_reach
from cx280.delivery.actions.reminding import send_reminders
from cx280.delivery.actions.replying import send_replies
from cx280.delivery.actions.reports import erase_addresses, erase_persons
from cx280.delivery.actions.sending import send_waiting


def keep_secrets_young(now: datetime) -> int:
    """How many secrets of persons were changed or destroyed."""
    return change_secrets(now) + destroy_followings(now.date())


def send_messages(now: datetime) -> int:
    """How many messages left. The clock is read anew for each: it is in time when it leaves."""
    replied = send_replies(timezone.now)
    return replied + send_waiting(timezone.now).sent + send_reminders(timezone.now).reminded


def take_hand_overs(now: datetime) -> int:
    """How many files of interactions, and reports on messages that were new, were taken in."""
    return take_files(now) + take_reports(now)


def forget_people(now: datetime) -> int:
    """How many addresses and hashes of persons were erased, and requests of providers forgotten."""
    forgotten = forget_seen(now) + forget_beginnings(now)
    return erase_addresses(now) + erase_persons(now) + forgotten


def count_reach(now: datetime) -> int:
    """How many days of surveys were counted by what became of their interactions."""
    return recount_reach(now)
