"""Sites: what must be settled before one runs, and how the collector learns of them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import TestCase
from hypothesis import given
from hypothesis import strategies as st

from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict
from cx280.telemetry.actions.sites import disable_site, enable_site, save_site, write_sites
from cx280.telemetry.commands import sites as sites_command
from cx280.telemetry.models import Site
from cx280.telemetry.rules.sites import Terms, missing_to_enable
from cx280.telemetry.schemas import sites_of
from tests.builders import a_service
from tests.telemetry.builders import a_site

TODAY = date(2022, 6, 1)
SETTLED = Terms(
    tier=3,
    purpose="To remember where somebody was.",
    retention_days=30,
    opt_out="Choose “Do not follow me” at the foot of the page.",
    notice_on=TODAY - timedelta(days=30),
    cio_approver="R. Chen",
)


def terms(**fields: Any) -> Terms:
    return Terms(**{**{name: getattr(SETTLED, name) for name in Terms.__slots__}, **fields})


@pytest.mark.proves("280.7-b1")
@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"tier": None}, "tier"),
        ({"purpose": "  "}, "purpose"),
        ({"retention_days": None}, "retention_days"),
        ({"opt_out": ""}, "opt_out"),
        ({"notice_on": None}, "notice_on"),
        ({"notice_on": TODAY - timedelta(days=29)}, "notice_on"),
        ({"cio_approver": ""}, "cio_approver"),
    ],
)
def test_a_site_is_not_enabled_while_something_is_missing(
    wrong: dict[str, Any], where: str
) -> None:
    found = missing_to_enable(terms(**wrong), TODAY)

    assert [(each.where, each.rule) for each in found] == [(where, "280.7-b1")]
    assert found[0].fix


@pytest.mark.proves("280.7-b1")
def test_tier_3_runs_thirty_days_after_its_notice_with_the_cio_s_approval() -> None:
    assert missing_to_enable(SETTLED, TODAY) == []


def test_tier_1_needs_neither_notice_nor_opt_out() -> None:
    found = missing_to_enable(terms(tier=1, opt_out="", notice_on=None, cio_approver=""), TODAY)

    assert found == []


@given(st.integers(min_value=0, max_value=400))
def test_a_notice_counts_from_its_thirtieth_day_on(days: int) -> None:
    found = missing_to_enable(terms(notice_on=TODAY - timedelta(days=days)), TODAY)

    assert (not found) == (days >= 30)


@pytest.mark.proves("280.7-b1")
@pytest.mark.django_db
def test_the_record_itself_refuses_an_enabled_site_without_its_terms() -> None:
    service = a_service()

    for fields in ({"tier": None}, {"purpose": ""}, {"retention_days": None}, {"tier": 3}):
        with pytest.raises(IntegrityError), transaction.atomic():
            a_site(service, enabled=True, **fields)


@pytest.mark.django_db
def test_a_site_without_a_tier_hides_no_other_from_the_collector(tmp_path: Path) -> None:
    a_site(key="settled", enabled=True)
    a_site(key="fresh", tier=None)
    write_sites(tmp_path)

    known = sites_of((tmp_path / "sites.json").read_bytes())

    assert {key: each.enabled for key, each in known.items()} == {"settled": True, "fresh": False}


@pytest.mark.django_db
def test_what_changes_reaches_the_collector_s_file_after_the_commit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    service = a_service()
    values = {
        "name": "Main site", "tier": 1, "purpose": "Learn", "retention_days": 90,
        "origins": ["https://www.example.gov"], "names": [], "properties": ["to"], "queries": ["q"],
    }  # fmt: skip

    with TestCase.captureOnCommitCallbacks(execute=True):
        site = save_site(None, service, by=None, on=TODAY, values=values)
    first = json.loads((tmp_path / "sites.json").read_text())
    with TestCase.captureOnCommitCallbacks(execute=True):
        enable_site(site, by=None, on=TODAY)
    second = json.loads((tmp_path / "sites.json").read_text())

    assert first == {
        "sites": {
            site.key: {
                "service": service.pk,
                "origins": ["https://www.example.gov"],
                "names": [],
                "properties": ["to"],
                "queries": ["q"],
                "enabled": False,
                "tier": 1,
            }
        }
    }
    assert second["sites"][site.key]["enabled"] is True
    assert list(AuditEntry.objects.values_list("action", flat=True)) == ["add_site", "enable_site"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["sites.json", "sites.lock"]


@pytest.mark.django_db
def test_writing_the_file_twice_changes_it_once(tmp_path: Path) -> None:
    a_site()

    assert write_sites(tmp_path) is True
    before = (tmp_path / "sites.json").stat().st_mtime_ns
    assert write_sites(tmp_path) is False
    assert (tmp_path / "sites.json").stat().st_mtime_ns == before


@pytest.mark.django_db
def test_a_site_of_a_retired_service_is_not_enabled_for_the_collector(tmp_path: Path) -> None:
    site = a_site(a_service(retired_on=TODAY), enabled=True)

    write_sites(tmp_path)

    assert json.loads((tmp_path / "sites.json").read_text())["sites"][site.key]["enabled"] is False


@pytest.mark.django_db
def test_a_running_site_cannot_lose_what_it_needs_to_run() -> None:
    site = a_site(enabled=True)

    with pytest.raises(Conflict, match="no purpose"):
        save_site(site, site.service, by=None, on=TODAY, values={"purpose": ""})

    disable_site(Site.objects.get(), by=None)
    save_site(Site.objects.get(), site.service, by=None, on=TODAY, values={"purpose": ""})
    assert Site.objects.get().enabled is False


@pytest.mark.django_db
def test_the_command_writes_the_file_and_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    a_site(enabled=True)

    said = CliRunner().invoke(sites_command, [])
    again = CliRunner().invoke(sites_command, [])

    assert said.output == "sites.json is written: 1 sites, 1 enabled.\n"
    assert again.output == "sites.json was right already: 1 sites, 1 enabled.\n"
