"""Sends messages about interactions of many time zones through a mail server, and kills the sender.

    python -m benchmarks.sending [--interactions 10000] [--kills 10] [--seed 280]

Two nights on which clocks change, half of the interactions each; they end in seven time zones, are
written in local time, and some are about to be too late while they wait. The mail server is a
process of its own that writes down what it takes. The sender is killed (`kill -9`) at random
moments and started again; before each new life the clock is moved on by the length of a lease.
At the end every row handed over is one message, or stands with its reason: nothing is lost, nothing
is doubled, nobody got two inside the quiet period, and nothing arrived after 48 hours.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from tests.a_server import PROJECT
from tests.delivery.smtp_server import Taken
from tests.migrated import put_record

ZONES = ("America/New_York", "America/Chicago", "America/Phoenix", "America/Los_Angeles",
         "America/Anchorage", "Pacific/Honolulu", "America/Puerto_Rico")  # fmt: skip
# Two hours after clocks changed in the east, an hour before they do in the west.
NIGHTS = (datetime(2022, 3, 13, 9, tzinfo=UTC), datetime(2022, 11, 6, 8, tzinfo=UTC))
LEASE = timedelta(minutes=5, seconds=1)
TWO_DAYS = timedelta(hours=48)


@dataclass(slots=True)
class Account:
    """What became of every row, and what the mail server took.

    late_by: seconds after the 48 hours at which the latest message arrived; below 0 is in time.
    """

    rows: int = 0
    taken_in: int = 0
    known: int = 0
    refused: int = 0
    states: dict[str, int] = field(default_factory=dict)
    messages: int = 0
    doubled: int = 0
    too_soon: int = 0
    lost: int = 0
    late_by: float = -1e9
    kills: int = 0
    again: int = 0
    seconds: float = 0.0

    @property
    def is_sound(self) -> bool:
        """Whether nothing is lost or doubled, nobody is tired, and nothing was late."""
        wrong = self.doubled + self.too_soon + self.lost + self.again
        accounted = sum(self.states.values()) == self.taken_in
        return accounted and not wrong and self.late_by <= 0 and self.messages > 0


@dataclass(slots=True)
class Life:
    """One life of the sender: when it began, by the world's clock and by the simulated one."""

    began: float
    at: datetime

    def simulated(self, moment: float) -> datetime:
        """What the simulated clock showed."""
        return self.at + timedelta(seconds=moment - self.began)


class System:
    """cx280 with one survey in a folder of its own, and a mail server beside it."""

    def __init__(self, folder: Path, mail: Taken) -> None:
        self.folder, self.mail = folder, mail
        put_record(folder)
        self.environment = {
            **{name: each for name, each in os.environ.items() if name != "DATABASE_URL"},
            "CX280_DATA": str(folder),
            "PYTHONPATH": str(PROJECT),
            "CX280_EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "CX280_SMTP_HOST": "127.0.0.1",
            "CX280_SMTP_PORT": str(mail.port),
            "DJANGO_SETTINGS_MODULE": "cx280.site.settings",
        }

    def do(self, *words: str) -> str:
        """What a step in a process of its own prints."""
        found = subprocess.run(
            [sys.executable, "-m", "benchmarks.sending", *words],
            env=self.environment, cwd=PROJECT, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return found.stdout

    def sender(self, at: datetime) -> tuple[subprocess.Popen[str], Life]:
        """A sender that has begun, and its life."""
        process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.sending", "--step", "send", "--at", at.isoformat()],
            env=self.environment, cwd=PROJECT, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert process.stdout is not None
        with process.stdout as said:  # it says no more than when it began
            return process, Life(float(said.readline()), at)


def rows_for(night: datetime, count: int, dice: random.Random, first: int) -> Iterator[list[str]]:
    """Rows whose 48 hours end in the hours after the night, or some time later."""
    for number in range(first, first + count):
        zone = ZoneInfo(dice.choice(ZONES))
        age = dice.choice([dice.uniform(0, 3), dice.uniform(0, 47), dice.uniform(46.5, 48.2)])
        end = (night - timedelta(hours=age)).astimezone(zone)
        who = "nobody" if dice.random() < 0.02 else "person"
        address = f"{who}{dice.randrange(max(2, count * 2 // 3))}@example.org"
        written = end.replace(tzinfo=None).isoformat(timespec="seconds")
        yield [f"case-{number}", address, written, zone.key, dice.choice(["en", "es"])]


def run(interactions: int, kills: int, seed: int, nights: tuple[datetime, ...] = NIGHTS) -> Account:
    """The nights, with interactions and kills spread over them."""
    account, dice, began = Account(), random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cx280-sending-") as name:
        folder = Path(name)
        mail = Taken(folder)
        mail.start()
        try:
            system = System(folder, mail)
            system.do("--step", "prepare")
            count, deaths = interactions // len(nights), kills // len(nights)
            for place, night in enumerate(nights):
                _night(system, night, place, count, deaths, dice, account)
        finally:
            mail.stop()
    account.seconds = round(time.monotonic() - began, 1)
    return account


def _night(
    system: System, night: datetime, place: int, count: int, kills: int, dice: random.Random,
    account: Account,
) -> None:  # fmt: skip
    """Hands the night's file over, sends it all through several lives, and counts."""
    path = system.folder / f"night-{place}.csv"
    lines = ["interaction,address,ended_at,time_zone,language"]
    lines += [",".join(each) for each in rows_for(night, count, dice, place * count)]
    path.write_text("\n".join(lines), encoding="utf-8")
    step = ("--file", str(path), "--at", night.isoformat())
    _add(account, json.loads(system.do("--step", "hand-over", *step)))
    before = len(system.mail.messages())
    lives, at = [], night
    longest = max(0.5, count / 1000)  # so that it dies at its work, not before and not after
    for last in [False] * kills + [True]:
        process, life = system.sender(at)
        lives.append(life)
        if last:
            process.wait(timeout=600)
            break
        time.sleep(dice.uniform(0.05, longest))
        process.send_signal(signal.SIGKILL)
        process.wait()
        account.kills += 1
        at = life.simulated(time.time()) + LEASE
    at = lives[-1].simulated(time.time()) + LEASE
    system.do("--step", "send", "--at", (at + TWO_DAYS).isoformat())  # what is left is too late
    _count(system, lives, before, account)
    again = json.loads(system.do("--step", "hand-over", *step))
    account.again += again["accepted"]
    sent = len(system.mail.messages())
    system.do("--step", "send", "--at", at.isoformat())
    account.again += len(system.mail.messages()) - sent


def _add(account: Account, told: dict[str, int]) -> None:
    account.rows += told["rows"]
    account.taken_in += told["accepted"]
    account.known += told["known"]
    account.refused += told["refused"]


def _count(system: System, lives: list[Life], before: int, account: Account) -> None:
    """Compares the record with what the mail server took, message by message."""
    record = json.loads(system.do("--step", "tell"))
    account.states = dict(Counter(record["states"].values()))
    taken = system.mail.messages()[before:]
    account.messages += len(taken)
    keys = [each["data"].partition("Message-ID: <")[2].partition("@")[0] for each in taken]
    account.doubled += len(keys) - len(set(keys))
    people = [each["to"][0] for each in taken]
    account.too_soon += len(people) - len(set(people))
    for key, each in zip(keys, taken, strict=True):
        life = max((one for one in lives if one.began <= each["at"]), key=lambda one: one.began)
        arrived = life.simulated(each["at"])
        late = (arrived - datetime.fromisoformat(record["leave_by"][key])).total_seconds()
        account.late_by = max(account.late_by, late)
    everything = {
        each["data"].partition("Message-ID: <")[2].partition("@")[0]
        for each in system.mail.messages()
    }
    sent = {key for key, state in record["keys"].items() if state == "sent"}
    doubtful = {key for key, state in record["keys"].items() if state == "in_doubt"}
    account.lost = len(sent - everything) + len(everything - sent - doubtful)


def main() -> None:
    """Runs it and prints the account; leaves with 1 when it is not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=10_000)
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--seed", type=int, default=280)
    parser.add_argument("--step", choices=["prepare", "hand-over", "send", "tell"])
    parser.add_argument("--file", type=Path)
    parser.add_argument("--at", type=datetime.fromisoformat)
    given = parser.parse_args()
    if given.step:
        _step(given.step, given.file, given.at)
        return
    account = run(given.interactions, given.kills, given.seed)
    print(json.dumps({**asdict(account), "sound": account.is_sound}, indent=1))
    sys.exit(0 if account.is_sound else 1)


def _step(step: str, file: Path | None, at: datetime | None) -> None:
    """One step of the system, in this process."""
    import django

    django.setup()
    from benchmarks import sending_steps

    if step == "prepare":
        sending_steps.prepare()
    elif step == "tell":
        print(json.dumps(sending_steps.tell()))
    elif step == "hand-over":
        assert file
        assert at
        print(json.dumps(sending_steps.take(file, at)))
    else:
        assert at
        began = time.time()
        print(began, flush=True)
        sending_steps.send(at, began)


if __name__ == "__main__":
    main()
