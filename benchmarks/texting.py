"""Sends texts about interactions of many time zones through a provider, and kills the sender.

    python -m benchmarks.texting [--interactions 2000] [--kills 6] [--seed 280]

The provider is a process of its own that accepts, refuses numbers, throttles, cuts the line, hangs,
and at the end sends receipts back to a running web server, signed. The sender is killed (`kill -9`)
at random moments. At the end every row is one text or stands with its reason; nothing is doubled,
nothing arrived after 48 hours or at night, and what did not arrive does not count as offered.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.sending import LEASE, TWO_DAYS, Life, System
from tests.a_server import Server
from tests.delivery.smtp_server import Taken
from tests.delivery.text_provider import TextProvider

TOKEN = "12345"  # noqa: S105  # of the provider in this benchmark
ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles",
         "Pacific/Honolulu")  # fmt: skip
# What the provider does, by the first digit after the area code; how many in a thousand.
KINDS = {"2": 850, "4": 50, "5": 30, "6": 30, "7": 20, "8": 10, "9": 10}
_FIELDS = '{"To": "{to}", "Body": "{text}", "Name": "{delivery}", "StatusCallback": "{receipts}"}'
_WEB = ("-m", "uvicorn", "cx280.site.asgi:application", "--log-level", "critical")


@dataclass(slots=True)
class Account:
    """What became of every row, and what the provider took and told.

    late_by: seconds after the 48 hours of the latest text; at_night: texts outside 8 to 21 there.
    """

    rows: int = 0
    taken_in: int = 0
    refused: int = 0
    states: dict[str, int] = field(default_factory=dict)
    texts: int = 0
    doubled: int = 0
    too_soon: int = 0
    lost: int = 0
    at_night: int = 0
    late_by: float = -1e9
    kills: int = 0
    receipts: dict[str, int] = field(default_factory=dict)
    offered: int = 0
    delivered: int = 0
    numbers_left: int = 0
    seconds: float = 0.0

    @property
    def is_sound(self) -> bool:
        """Whether everything is accounted for, to the row."""
        wrong = self.doubled + self.too_soon + self.lost + self.at_night + self.numbers_left
        accounted = sum(self.states.values()) == self.taken_in == self.rows - self.refused
        told = set(self.receipts) <= {"204"} and sum(self.receipts.values()) == self.texts
        return (
            accounted and told and not wrong and self.late_by <= 0 < self.texts
            and self.offered == self.states.get("sent", 0) >= self.delivered
        )  # fmt: skip


class Texting(System):
    """cx280 with a survey that texts, its web server, and a provider beside it."""

    def __init__(self, folder: Path, provider: TextProvider) -> None:
        super().__init__(folder, Taken(folder))
        self.provider = provider
        self.environment |= {
            "CX280_SMS_URL": provider.url, "CX280_SMS_FIELDS": _FIELDS,
            "CX280_WEBHOOK_PRIVATE": "127.0.0.0/8", "CX280_WEBHOOK_SECONDS": "0.5",
            "CX280_TWILIO_TOKEN": TOKEN, "CX280_LOG": "ERROR",
        }  # fmt: skip
        self.web = Server(folder, _WEB, ready="/health", environment=self.environment)
        self.environment["CX280_ADDRESS"] = f"http://127.0.0.1:{self.web.port}"
        self.web.environment |= self.environment


def rows_for(noon: datetime, count: int, dice: random.Random) -> Iterator[list[str]]:
    """Rows that ended in the last 48 hours; one in fifty without consent, some people twice."""
    for place in range(count):
        age = dice.choice([dice.uniform(0, 3), dice.uniform(0, 47), dice.uniform(46.5, 48.2)])
        kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
        digits = dice.randrange(count * 2)
        number, zone = f"+1202{kind}{digits:06d}", ZoneInfo(ZONES[digits % len(ZONES)])
        end = (noon - timedelta(hours=age)).astimezone(zone)
        written = end.replace(tzinfo=None).isoformat(timespec="seconds")
        consent = "yes" if dice.random() >= 0.02 else ""
        yield [f"case-{place}", number, written, zone.key, zone.key, consent,
               dice.choice(["en", "es"])]  # fmt: skip


def run(interactions: int, kills: int, seed: int) -> Account:
    """The morning, with its kills, the rest of the day, the receipts, and the account."""
    account, dice, began = Account(), random.Random(seed), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="cx280-texting-") as name:
        folder = Path(name)
        provider = TextProvider(folder)
        provider.start()
        system = Texting(folder, provider)
        try:
            system.do("--step", "prepare")
            zones = _send(system, interactions, kills, dice, account)
            system.web.start()
            _receipts(system, account)
            _count(system, zones, account)
        finally:
            system.web.kill()
            provider.stop()
    account.seconds = round(time.monotonic() - began, 1)
    return account


def _send(
    system: Texting, count: int, kills: int, dice: random.Random, account: Account
) -> tuple[list[Life], dict[str, str]]:
    """The lives it was sent through, and the zone of each number."""
    # Eleven in the east, five in Hawaii, of today: receipts of old texts are refused.
    morning = datetime.now(UTC).replace(hour=15, minute=0, second=0, microsecond=0)
    rows = list(rows_for(morning, count, dice))
    path = system.folder / "ended.csv"
    header = "interaction,phone,ended_at,time_zone,recipient_time_zone,consent,language"
    path.write_text("\n".join([header, *map(",".join, rows)]), encoding="utf-8")
    step = ("--file", str(path), "--at", morning.isoformat())
    told = json.loads(system.do("--step", "hand-over", *step))
    account.rows, account.refused = told["rows"], told["refused"]
    account.taken_in = told["accepted"]
    (system.folder / "busy").write_text("30")
    lives, at = [], morning
    for _ in range(kills):
        process, life = system.sender(at)
        lives.append(life)
        time.sleep(dice.uniform(0.05, max(0.5, count / 500)))
        process.send_signal(signal.SIGKILL)
        process.wait()
        account.kills += 1
        at = life.simulated(time.time()) + LEASE
    (system.folder / "busy").unlink()
    for later in (timedelta(0), timedelta(hours=4), timedelta(hours=4, minutes=30), TWO_DAYS):
        process, life = system.sender(at + later)
        lives.append(life)
        process.wait(timeout=900)
    again = json.loads(system.do("--step", "hand-over", *step))
    account.doubled += again["accepted"]
    return lives, {number: zone for _, number, _, _, zone, *_ in rows}


def _receipts(system: Texting, account: Account) -> None:
    """The provider tells what became of each text, over the web."""
    (system.folder / "tell.part").write_text(TOKEN)
    (system.folder / "tell.part").rename(system.folder / "tell")
    until = time.monotonic() + 600
    while not (system.folder / "told").exists():
        assert time.monotonic() < until, "the provider did not tell"
        time.sleep(0.1)
    account.receipts = json.loads((system.folder / "told").read_text())


def _count(system: Texting, zones: tuple[list[Life], dict[str, str]], account: Account) -> None:
    """Compares the record with what the provider took, text by text."""
    lives, places = zones
    record = json.loads(system.do("--step", "tell"))
    account.states = dict(Counter(record["states"].values()))
    account.offered, account.delivered = record["offered"], record["delivered"]
    account.numbers_left = record["addresses"]
    taken = system.provider.texts()
    names = [each["Name"] for each in taken]
    account.texts, account.doubled = len(taken), account.doubled + len(names) - len(set(names))
    account.too_soon = len(taken) - len({each["To"] for each in taken})
    for each in taken:
        life = max((one for one in lives if one.began <= each["at"]), key=lambda one: one.began)
        arrived = life.simulated(each["at"])
        late = (arrived - datetime.fromisoformat(record["leave_by"][each["Name"]])).total_seconds()
        account.late_by = max(account.late_by, round(late, 3))
        hour = arrived.astimezone(ZoneInfo(places[each["To"]])).hour
        account.at_night += not 8 <= hour < 21
    failed = {each["Name"] for each in taken if each["To"][5] == "4"}
    state = record["keys"]
    sent = {key for key, said in state.items() if said == "sent"}
    doubt = {key for key, said in state.items() if said == "in_doubt"}
    account.lost = len(sent - set(names)) + len(set(names) - sent - doubt - failed)


def main() -> None:
    """Runs it and prints the account; leaves with 1 when it is not sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--interactions", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=6)
    parser.add_argument("--seed", type=int, default=280)
    given = parser.parse_args()
    account = run(given.interactions, given.kills, given.seed)
    print(json.dumps({**asdict(account), "sound": account.is_sound}, indent=1))
    sys.exit(0 if account.is_sound else 1)


if __name__ == "__main__":
    main()
