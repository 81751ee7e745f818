"""kill -9 at a random moment: each acknowledged answer is there, once."""

from __future__ import annotations

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.responses.a_server import CODE, Server

SUBMISSIONS = 200


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    made = Server(tmp_path)
    made.start()
    yield made
    made.kill()


def a_page(server: Server) -> str:
    """The token of a page just opened, asked for again while the server is down."""
    while True:
        try:
            found = re.search(r'name="_page" value="([^"]+)"', server.get(f"/s/{CODE}/")[1])
            assert found
            return found.group(1)
        except (OSError, http.client.HTTPException):
            time.sleep(0.05)


def test_no_acknowledged_answer_is_lost_or_doubled_by_kill_9(server: Server) -> None:
    chance = random.Random()
    acknowledged: Counter[str] = Counter()
    lock = threading.Lock()

    def send_until_acknowledged(number: int) -> int:
        """Sends as a browser does: the same page again when no answer came back."""
        token, tries = a_page(server), 0
        while True:
            tries += 1
            try:
                status = server.post(
                    f"/s/{CODE}/", _page=token, trust="5", comment=f"Number {number}."
                )
            except (OSError, http.client.HTTPException):
                time.sleep(0.05)
                continue
            assert status == 303
            with lock:
                acknowledged[f"Number {number}."] += 1
            return tries

    with ThreadPoolExecutor(8) as people:
        sent = [people.submit(send_until_acknowledged, each) for each in range(SUBMISSIONS)]
        moment = chance.randrange(20, SUBMISSIONS - 40)
        while sum(acknowledged.values()) < moment:
            time.sleep(chance.random() / 200)
        server.kill()
        before = {str(text) for (text,) in server.rows("select text from responses_comment")}
        with lock:
            lost = set(acknowledged) - before
        server.start()
        tries = [each.result() for each in sent]

    assert lost == set(), "acknowledged before the kill and not in the record"
    assert max(tries) > 1, "the kill came between two answers: nobody had to send again"
    stored = Counter(str(text) for (text,) in server.rows("select text from responses_comment"))
    assert stored == Counter(acknowledged.keys())
    assert server.rows("select count(*) from responses_response") == [(SUBMISSIONS,)]


def test_counts_of_begun_pages_are_written_when_the_server_stops(server: Server) -> None:
    for _ in range(5):
        server.get(f"/s/{CODE}/touched.svg?page={quote(a_page(server))}")

    server.stop()

    assert server.rows("select sum(started), sum(offered) from responses_offercount") == [(5, None)]
