"""Lines of web-server logs become page views; nothing that names a person comes along."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.telemetry.rules.weblog_events import Occurrences, content_of, row_of, visitor_of
from cx280.telemetry.rules.weblogs import (
    LONGEST_LINE,
    Malformed,
    Reading,
    Request,
    device_of,
    is_asset,
    is_bot,
    page_of,
    seen_in,
)

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Mobile/15E148 Safari/604.1"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Firefox/120.0"


def combined(
    target: str = "/permits", status: int = 200, method: str = "GET", agent: str = WINDOWS,
    at: str = "10/Oct/2023:13:55:36 -0700", address: str = "198.51.100.7",
) -> str:  # fmt: skip
    return (f'{address} - - [{at}] "{method} {target} HTTP/1.1" {status} 2326 '
            f'"https://example.gov/" "{agent}"\n')  # fmt: skip


def read(line: str, form: str = "auto") -> Request:
    found = Reading(form).request_of(line)
    assert found is not None
    return found


def moment(year: int, month: int, day: int, hour: int, minute: int, second: int) -> int:
    at = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    return int(at.timestamp()) * 1_000_000


def test_a_common_line_has_no_agent_and_a_combined_one_has() -> None:
    common = read('198.51.100.7 - frank [10/Oct/2023:13:55:36 -0700] "GET /a HTTP/1.0" 200 23\n')
    whole = read(combined())

    assert (common.target, common.status, common.agent) == ("/a", 200, None)
    assert (whole.target, whole.agent, whole.address) == ("/permits", WINDOWS, "198.51.100.7")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("10/Oct/2023:13:55:36 -0700", moment(2023, 10, 10, 20, 55, 36)),
        ("01/Jan/2024:00:30:00 +0530", moment(2023, 12, 31, 19, 0, 0)),
        ("29/Feb/2024:23:59:59 +0000", moment(2024, 2, 29, 23, 59, 59)),
        ("30/Jun/2015:23:59:60 +0000", moment(2015, 7, 1, 0, 0, 0)),
    ],
)
def test_the_time_zone_of_a_line_is_honoured(said: str, expected: int) -> None:
    assert read(combined(at=said)).at == expected


@pytest.mark.parametrize(
    "line",
    [
        "junk",
        combined(at="31/Feb/2023:13:55:36 -0700"),
        combined(at="10/Okt/2023:13:55:36 -0700"),
        combined(at="10/Oct/2023:25:55:36 -0700"),
        combined(at="10/Oct/0000:13:55:36 -0700"),
        '198.51.100.7 - - [10/Oct/2023:13:55:36 -0700] "GET /a HTTP/1.0" ABC 23',
    ],
)
def test_a_line_that_is_not_of_the_format_is_malformed(line: str) -> None:
    with pytest.raises(Malformed):
        Reading().request_of(line)


def test_a_file_said_to_be_combined_needs_agents() -> None:
    line = '198.51.100.7 - - [10/Oct/2023:13:55:36 -0700] "GET /a HTTP/1.0" 200 23'

    with pytest.raises(Malformed, match="agent"):
        Reading("combined").request_of(line)


@pytest.mark.parametrize(
    ("start", "address", "host"),
    [
        ("198.51.100.7 - -", "198.51.100.7", ""),
        ("198.51.100.7 - jo of the office", "198.51.100.7", ""),
        ("2001:db8::1 - jo", "2001:db8::1", ""),
        ("reader.example.org - jo smith", "reader.example.org", ""),
        ("www.permits.gov:443 198.51.100.7 - -", "198.51.100.7", "www.permits.gov:443"),
        ("www.permits.gov 2001:db8::1 - -", "2001:db8::1", "www.permits.gov"),
        ("203.0.113.9, 198.51.100.7 - -", "203.0.113.9,", ""),
    ],
)
def test_what_stands_before_the_time_is_never_mistaken_for_a_host_of_ours(
    start: str, address: str, host: str
) -> None:
    found = read(f'{start} [10/Oct/2023:13:55:36 -0700] "GET /a HTTP/1.0" 200 23')

    assert (found.address, found.mark) == (address, f"23 {host}")


def test_a_cloudfront_line_is_read_by_the_columns_its_file_names() -> None:
    reading = Reading()
    head = "#Fields: date time c-ip cs-method cs-uri-stem sc-status cs(User-Agent) cs-uri-query"

    nothing = [reading.request_of(each) for each in ("#Version: 1.0", head, "")]
    found = reading.request_of(
        "2023-10-10\t20:55:36\t2001:db8::1\tGET\t/permits\t200\tMozilla/5.0%20(iPhone)\tid=4"
    )

    assert nothing == [None, None, None]
    assert found is not None
    assert (found.at, found.target) == (moment(2023, 10, 10, 20, 55, 36), "/permits")
    assert found.agent == "Mozilla/5.0 (iPhone)"


def test_a_cloudfront_line_of_another_width_or_before_its_columns_is_malformed() -> None:
    reading = Reading("cloudfront")

    with pytest.raises(Malformed, match="before"):
        reading.request_of("2023-10-10\t20:55:36")
    reading.request_of("#Fields: date time cs-method cs-uri-stem sc-status")
    with pytest.raises(Malformed, match="2 values for 5 columns"):
        reading.request_of("2023-10-10\t20:55:36")


@pytest.mark.parametrize(
    ("line", "kind", "name", "skipped"),
    [
        (combined(), "page_view", "", ""),
        (combined(status=304), "page_view", "", ""),
        (combined(status=404), "error", "http-404", ""),
        (combined(status=503, method="POST"), "error", "http-503", ""),
        (combined(method="POST"), "", "", "other methods"),
        (combined(method="HEAD"), "", "", "other methods"),
        (combined(status=301), "", "", "redirects"),
        (combined(status=206), "", "", "no page in the answer"),
        (combined("/site.css?v=3"), "", "", "assets"),
        (combined("/missing.png", status=404), "", "", "assets"),
    ],
)
def test_only_pages_people_got_or_failed_to_get_are_events(
    line: str, kind: str, name: str, skipped: str
) -> None:
    seen = seen_in(read(line))

    assert (seen.kind, seen.name, seen.skipped) == (kind, name, skipped)


def test_what_is_no_http_request_is_skipped_and_said() -> None:
    line = r'198.51.100.7 - - [10/Oct/2023:13:55:36 -0700] "\x16\x03\x01\"" 400 226 "-" "-"'

    assert seen_in(read(line)).skipped == "not a request"


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("/a/b?ssn=123-45-6789#top", "/a/b"),
        ("https://example.gov/a?x=1", "/a"),
        ("/a;jsessionid=77/b", "/a/b"),
        ("/a%3Fq=1", "/a"),
        ("/people/jo@example.org/x", "/people/(hidden)/x"),
        ("/people/jo%2540example.org", "/people/(hidden)"),
        ("/claims/123-45-6789", "/claims/(hidden)"),
        ("/", "/"),
        ("", "/"),
    ],
)
def test_a_page_is_a_path_without_anything_a_person_wrote(target: str, page: str) -> None:
    assert page_of(target) == page


def test_assets_are_told_by_their_ending_alone() -> None:
    assert is_asset("/a/site.CSS")
    assert is_asset("/form.pdf")
    assert not is_asset("/v1.2/permits")
    assert not is_asset("/permits.html")
    assert not is_asset("/a.b/")


def test_bots_and_devices_are_told_by_the_agent() -> None:
    assert is_bot("Mozilla/5.0 (compatible; Googlebot/2.1)")
    assert is_bot("-")
    assert is_bot("curl/8.0")
    assert not is_bot(WINDOWS)
    assert not is_bot(None)
    assert [device_of(each) for each in (WINDOWS, IPHONE, "iPad", None)] == [
        "desktop", "mobile", "tablet", "",
    ]  # fmt: skip


def test_the_row_of_a_line_holds_no_address_agent_or_query() -> None:
    request = read(combined("/permits?token=secret99", agent=IPHONE))
    content = content_of(request, "permits", "")

    row = row_of(request, seen_in(request), site="permits", service=4, received=1, salt=b"s" * 32,
                 occurrence=0, content=content)  # fmt: skip

    written = repr(row)
    assert "198.51.100.7" not in written
    assert "iPhone" not in written
    assert "secret99" not in written
    assert (row.page, row.device, row.kind) == ("/permits", "mobile", "page_view")


def test_an_id_is_the_same_whoever_asked_so_no_address_can_be_tried_against_it() -> None:
    one = read(combined("/a?x=1", address="198.51.100.7"))
    other = read(combined("/a?x=2", address="203.0.113.9", agent=IPHONE))

    assert content_of(one, "permits", "") == content_of(other, "permits", "")
    assert content_of(one, "permits", "") != content_of(one, "permits", "second-server")
    assert content_of(one, "permits", "") != content_of(one, "licences", "")


def test_a_visitor_cannot_be_recomputed_after_the_import_nor_followed_to_the_next_day() -> None:
    today = read(combined(at="10/Oct/2023:13:55:36 +0000"))
    later = read(combined(at="10/Oct/2023:23:55:36 +0000"))
    tomorrow = read(combined(at="11/Oct/2023:13:55:36 +0000"))

    assert visitor_of(today, b"a" * 32) == visitor_of(later, b"a" * 32)
    assert visitor_of(today, b"a" * 32) != visitor_of(tomorrow, b"a" * 32)
    assert visitor_of(today, b"a" * 32) != visitor_of(today, b"b" * 32)


def test_alike_lines_are_numbered_and_memory_stays_bounded() -> None:
    occurrences = Occurrences(remembered=2)

    numbers = [occurrences.next_of(each) for each in (b"a", b"a", b"b", b"a", b"c", b"a", b"b")]

    assert numbers == [0, 1, 0, 2, 0, 3, 0]


@given(st.text(max_size=300))
def test_any_text_is_read_or_refused(text: str) -> None:
    reading = Reading()
    reading.columns = ["date", "time", "cs-method", "cs-uri-stem", "sc-status"]

    for each in (Reading(), reading):
        try:
            request = each.request_of(text)
        except Malformed:
            continue
        assert request is None or request.at is not None


@given(
    at=st.datetimes(min_value=datetime(1990, 1, 1), max_value=datetime(2100, 1, 1)),  # noqa: DTZ001
    hours=st.integers(-12, 14),
    path=st.from_regex(r"/[a-z0-9/._-]{0,40}", fullmatch=True),
    status=st.integers(100, 599),
)
def test_what_was_written_as_a_line_is_read_back(
    at: datetime, hours: int, path: str, status: int
) -> None:
    zone = f"{'-' if hours < 0 else '+'}{abs(hours):02d}00"

    found = read(combined(path, status, at=f"{at:%d/%b/%Y:%H:%M:%S} {zone}"))

    local = at.replace(microsecond=0, tzinfo=UTC)
    assert found.at == (int(local.timestamp()) - hours * 3600) * 1_000_000
    assert (found.target, found.status) == (path, status)


@pytest.mark.parametrize("piece", [" [", '"', "a ", "\\", '" "'])
def test_a_hostile_line_of_full_length_is_refused_without_a_long_search(piece: str) -> None:
    """A search that grows with the square of the line would hold up the whole run."""
    line = piece * (LONGEST_LINE // len(piece))

    with pytest.raises(Malformed):
        Reading().request_of(line)
