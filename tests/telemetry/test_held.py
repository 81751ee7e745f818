"""Personal data in a stream of tier 1 or 2: the event waits apart until somebody decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.lake.engines import DuckDB
from cx280.lake.held import let_in
from cx280.lake.tables import HELD, Lake, arrow_of
from cx280.telemetry.models import Site
from cx280.telemetry.queries.held import held_of
from cx280.telemetry.rules.held import Held, Place, finding_of
from cx280.telemetry.rules.traces import kinds_in, kinds_in_page
from cx280.telemetry.tasks import seal_events, tend_lake
from tests.builders import a_person
from tests.collector.asking import a_collector, an_event, ask, posted, stamp, write_sites
from tests.lake.rows import DAY, NOON, event
from tests.telemetry.builders import a_site

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
IDS = "SELECT id FROM events ORDER BY id"
SENT: list[dict[str, Any]] = [
    {"page": "/people/jane.doe@example.com/edit", "kind": "page_view"},
    {"page": "/people/joe@example.com/edit", "kind": "page_view"},
    {"page": "/renew", "kind": "other", "name": "step", "flow": "renew", "step": "pay",
     "properties": {"form": "call 555-867-5309 or 123-45-6789"}},
]  # fmt: skip


@pytest.fixture(autouse=True)
def data(settings: Any, tmp_path: Path) -> Path:  # noqa: ANN401
    settings.DATA = tmp_path
    settings.CX280_LAKE = str(tmp_path / "lake")
    return tmp_path


def send(data: Path, *events: dict[str, Any], tier: int = 1, site: str = "key0") -> Any:  # noqa: ANN401
    """What the collector answers to the events, sealed then."""
    write_sites(data, {site: {"service": 1, "properties": ["form"], "tier": tier}})
    sent = [an_event(site=site, **{"id": f"e{at}", **each}) for at, each in enumerate(events)]
    (answer,) = ask(a_collector(data), posted(*sent))
    seal_events(NOW)
    return answer.json


def ids(data: Path, table: str = "events") -> list[object]:
    lake = Lake(data / "lake", table)
    return [each["id"] for each in DuckDB(lake).answer(IDS)] if lake.exists() else []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("jane@example.com", ["email"]),
        ("jane%2540example.com", ["email"]),
        ("call 555-867-5309", ["telephone"]),
        ("867-5309", ["telephone"]),
        ("123-45-6789", ["number"]),
        ("4111 1111 1111 1111 of j@x.gov", ["email", "number"]),
        ("/case/(removed)/12345678", []),
        ("room 12, floor 3", []),
    ],
)
def test_each_kind_of_trace_has_a_name(text: str, kinds: list[str]) -> None:
    assert kinds_in(text) == kinds


def test_of_a_page_only_what_would_be_kept_is_looked_at() -> None:
    assert kinds_in_page("/a?mail=j@x.gov#123456789") == []
    assert kinds_in_page("/a?mail=j@x.gov", ["mail"]) == ["email"]
    assert kinds_in_page("/a;sid=123456789/b") == []
    assert kinds_in_page("/a/123456789") == ["number"]


@pytest.mark.proves("280.7-b1")
@pytest.mark.parametrize("tier", [1, 2])
def test_personal_data_in_a_stream_of_tier_1_or_2_holds_the_event_back(
    data: Path, tier: int
) -> None:
    said = send(data, *SENT, {"page": "/renew", "kind": "page_view"}, tier=tier)

    assert said == {"accepted": 4, "held": 3}
    assert ids(data) == ["e3"]
    assert ids(data, HELD) == ["e0", "e1", "e2"]
    kept = b"".join(each.read_bytes() for each in data.rglob("*") if each.is_file())
    assert not any(each in kept for each in (b"jane", b"joe@", b"867-5309", b"45-6789"))


def test_a_stream_of_tier_3_may_carry_it_and_it_is_cleaned_all_the_same(data: Path) -> None:
    assert send(data, *SENT, tier=3) == {"accepted": 3}

    assert ids(data) == ["e0", "e1", "e2"]
    assert DuckDB(Lake(data / "lake")).answer("SELECT page FROM events WHERE id = 'e0'") == [
        {"page": "/people/(removed)/edit"}
    ]


def test_what_a_browser_has_taken_out_is_not_held_back(data: Path) -> None:
    assert send(data, {"page": "/people/(removed)/edit"}) == {"accepted": 1}


def test_an_event_sent_again_is_held_back_once(data: Path) -> None:
    again = {**SENT[0], "at": stamp()}
    send(data, again)
    send(data, again)

    assert ids(data, HELD) == ["e0"]


@pytest.mark.proves("280.7-b1")
def test_the_manager_reads_what_kind_on_which_page_and_what_to_do(
    data: Path, sign_in: SignIn
) -> None:
    site = a_site(key="key0")
    send(data, *SENT)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, site.service.owner))

    page = " ".join(client.get(_address(site)).content.decode().split())

    assert "3 events held back since" in page
    assert "An e-mail address in the page’s address" in page
    assert "/people/(removed)/edit" in page
    assert "what looks like a telephone number in the property “form”" in page
    assert "280.7-b1" in page
    assert "Count the cleaned events" in page
    assert not any(each in page for each in ("jane", "joe@", "867-5309", "45-6789"))


def test_the_list_of_sites_says_which_wait_for_a_decision(data: Path, sign_in: SignIn) -> None:
    site = a_site(key="key0")
    quiet = a_site(service=site.service, key="key1")
    send(data, *SENT)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, site.service.owner))

    page = client.get(reverse("telemetry:sites", args=[site.service.code])).content.decode()

    assert page.count("held back") == 1
    assert f'{_address(site)}#held">3 events held back' in page
    assert f"{_address(quiet)}#held" not in page


def test_who_only_reads_is_not_asked_to_decide(data: Path, sign_in: SignIn) -> None:
    site = a_site(key="key0")
    send(data, *SENT)
    client = sign_in(a_person(Role.ANALYST, site.service.owner))

    page = client.get(_address(site)).content.decode()

    assert "3 events held back" in page
    assert "Count the cleaned" not in page
    assert client.post(_address(site, "decide-held"), {"do": "drop"}).status_code in (403, 404)
    assert len(ids(data, HELD)) == 3


def test_cleaned_events_count_once_somebody_says_so_on_the_day_they_happened(
    data: Path, sign_in: SignIn
) -> None:
    site = a_site(key="key0")
    send(data, *SENT)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, site.service.owner))

    client.post(_address(site, "decide-held"), {"do": "count"})
    seal_events(NOW)

    assert (ids(data), ids(data, HELD)) == (["e0", "e1", "e2"], [])
    (row,) = DuckDB(Lake(data / "lake")).answer("SELECT * FROM events WHERE id = 'e2'")
    assert (row["source"], row["flow"], row["step"]) == ("script", "renew", "pay")
    assert row["properties"] == '{"form":"call (removed) or (removed)"}'
    entry = AuditEntry.objects.get(action="count_held_events")
    assert entry.detail == {"events": 3}
    assert held_of(site) is None


def test_dropped_events_are_gone_from_the_disk_and_other_sites_keep_theirs(
    data: Path, sign_in: SignIn
) -> None:
    site = a_site(key="key0")
    send(data, *SENT)
    send(data, SENT[0], site="other")
    client = sign_in(a_person(Role.PROGRAM_MANAGER, site.service.owner))

    client.post(_address(site, "decide-held"), {"do": "drop"})

    assert (ids(data), ids(data, HELD)) == ([], ["e0"])
    assert AuditEntry.objects.filter(action="drop_held_events").count() == 1


def test_a_crash_before_they_leave_the_table_counts_none_twice(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(data, *SENT)

    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("deltalake.DeltaTable.delete", crash)
        with pytest.raises(KeyboardInterrupt):
            let_in(data / "lake", "key0", data)
    seal_events(NOW)
    let_in(data / "lake", "key0", data)
    seal_events(NOW)

    assert (ids(data), ids(data, HELD)) == (["e0", "e1", "e2"], [])


def test_an_event_held_back_while_others_are_let_in_stays(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(data, *SENT[:2])
    lake = Lake(data / "lake", HELD)
    from cx280.lake import held

    into = held._into_the_buffer
    late = iter([event("late", NOON, site="key0", source="script held email/page")])

    def overtaken(*given: Any) -> int:
        count = into(*given)
        for each in late:
            Lake(lake.address, HELD).append(arrow_of([each]))
        return count

    monkeypatch.setattr(held, "_into_the_buffer", overtaken)

    let_in(lake.address, "key0", data)
    seal_events(NOW)

    assert sorted(map(str, [*ids(data), *ids(data, HELD)])) == ["e0", "e1", "late"]


def test_nobody_decided_for_thirty_days_and_they_are_gone(data: Path) -> None:
    a_site(key="short", retention_days=5)
    rows = [
        event(f"{site}{days}", NOON + days * DAY, site=site, source="script held email/page")
        for site in ("short", "key0")
        for days in (0, 10, 30)
    ]
    Lake(data / "lake", HELD).append(arrow_of(rows))

    tend_lake(date(2024, 2, 29) + timedelta(days=31))

    assert ids(data, HELD) == ["key010", "key030", "short30"]


def test_a_finding_names_the_rule_the_place_and_the_way_out() -> None:
    first = Place("script held email/page number/property:form", "/a/(removed)", 3, NOW, NOW)
    other = Place("otlp held number/page", "/b/(removed)", 1, NOW, NOW)

    finding = finding_of(Held(4, NOW, [first, other]), 2)

    assert finding is not None
    assert (finding.rule, finding.where) == ("280.7-b1", "/a/(removed)")
    assert finding.message == (
        "There was an e-mail address in the page’s address and nine digits or more in a row in the "
        "property “form” on /a/(removed), and in 1 more place. Tier 2 of M-10-22 carries no "
        "personal data."
    )
    assert finding_of(None, 1) is None


def _address(site: Site, name: str = "site") -> str:
    return reverse(f"telemetry:{name}", args=[site.service.code, site.pk])
