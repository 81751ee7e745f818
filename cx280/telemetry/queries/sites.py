"""Reads sites: their terms, and what the collector is told."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Min

from cx280.kernel.finding import Finding
from cx280.telemetry.models import Site
from cx280.telemetry.rules.sites import Stream, Terms, missing_to_enable, sites_document


def terms_of(site: Site) -> Terms:
    """The terms under which the site collects."""
    return Terms(
        tier=site.tier,
        purpose=site.purpose,
        retention_days=site.retention_days,
        opt_out=site.opt_out,
        notice_on=site.notice_on,
        cio_approver=site.cio_approver,
    )


def missing_of(site: Site, on: date) -> list[Finding]:
    """What stands between the site and being enabled on that day."""
    return missing_to_enable(terms_of(site), on)


def document() -> dict[str, Any]:
    """What `sites.json` should say now; a site of a retired service is not enabled."""
    return sites_document(
        Stream(
            key=each.key,
            service=each.service_id,
            origins=each.origins,
            names=each.names,
            properties=each.properties,
            queries=each.queries,
            tier=each.tier,
            enabled=each.enabled and each.service.retired_on is None,
        )
        for each in Site.objects.select_related("service")
    )


def fewest_days() -> dict[int, int]:
    """By service, the fewest days that a site of it keeps its raw events; of those that say."""
    told = Site.objects.filter(retention_days__isnull=False).order_by().values_list("service")
    return dict(told.annotate(days=Min("retention_days")))
