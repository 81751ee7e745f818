"""The script as other websites load it: small, cached, for anybody, without a cookie."""

from __future__ import annotations

import gzip

from django.test import Client

from tests.telemetry.websites import SCRIPT

BUDGET = 2_200
ADDRESS = "/t/cx.js"


def test_the_script_stays_under_2_200_bytes_compressed() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= BUDGET


def test_the_script_writes_no_style_and_evaluates_no_text() -> None:
    written = SCRIPT.read_text()

    for word in ("eval(", "Function(", ".style", "innerHTML", "cookie", "localStorage"):
        assert word not in written


def test_any_website_may_load_the_script_and_keep_it_for_an_hour(client: Client) -> None:
    answer = client.get(ADDRESS, headers={"Accept-Encoding": "gzip", "Origin": "https://x.gov"})

    assert answer.status_code == 200
    assert len(answer.content) <= BUDGET
    assert gzip.decompress(answer.content) == SCRIPT.read_bytes()
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert "Cookie" not in answer.headers["Vary"]
    assert not answer.cookies


def test_who_has_the_script_gets_no_second_copy(client: Client) -> None:
    etag = client.get(ADDRESS).headers["ETag"]

    again = client.get(ADDRESS, headers={"If-None-Match": etag})

    assert again.status_code == 304
    assert again.content == b""


def test_a_browser_that_cannot_unpack_gets_the_script_as_it_is(client: Client) -> None:
    answer = client.get(ADDRESS)

    assert answer.content == SCRIPT.read_bytes()
    assert answer.headers["Content-Length"] == str(len(answer.content))
