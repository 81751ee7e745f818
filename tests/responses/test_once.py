"""However close together one page is sent twice, it is one response."""

from __future__ import annotations

import re
import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from cx280.responses import guard
from cx280.responses.models import Comment, Response
from tests.responses.a_server import CODE, Server
from tests.responses.visits import a_token, an_open_survey, only_with_writers_at_once, send


def test_one_page_sent_eight_times_at_once_to_a_real_server_is_one_row(tmp_path: Path) -> None:
    server = Server(tmp_path)
    server.start()
    found = re.search(r'name="_page" value="([^"]+)"', server.get(f"/s/{CODE}/")[1])
    assert found

    def post(_: int) -> int:
        return server.post(f"/s/{CODE}/", _page=found.group(1), trust="5", comment="Kind")

    with ThreadPoolExecutor(8) as people:
        statuses = list(people.map(post, range(8)))
    server.stop()

    assert statuses == [303] * 8
    assert server.rows("select count(*) from responses_response") == [(1,)]
    assert server.rows("select count(*) from responses_comment") == [(1,)]


@only_with_writers_at_once
@pytest.mark.django_db(transaction=True)
def test_eight_threads_sending_one_page_store_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cx280.responses.survey_views.addresses", guard.Addresses())
    version = an_open_survey()
    token = a_token(version)
    answers: Counter[tuple[int, bool]] = Counter()
    gate = threading.Barrier(8)

    def post() -> None:
        try:
            gate.wait()
            sent = send(Client(), version, token, trust="5", comment="Kind")
            answers[sent.status_code, "again=1" in sent["Location"]] += 1
        finally:
            connection.close()

    threads = [threading.Thread(target=post) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert Response.objects.count() == 1
    assert Comment.objects.count() == 1
    assert answers == {(303, False): 1, (303, True): 7}
