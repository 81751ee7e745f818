"""The agency's own words and periods."""

from __future__ import annotations

from collections.abc import Iterable

from cx280.agencies.models import Organization
from cx280.research.models import SegmentShare, Terms
from cx280.services.models import Service


def terms_of(agency: Organization) -> Terms:
    """How long the agency relies on what it learned; the usual periods until it chose."""
    return Terms.objects.filter(agency=agency).first() or Terms(agency=agency)


def mix_of(services: Iterable[Service]) -> dict[str, float]:
    """The known share of each segment; of several services, the largest that it has in one."""
    rows = SegmentShare.objects.filter(service__in=list(services)).select_related("segment")
    found: dict[str, float] = {}
    for each in rows:
        found[each.segment.name] = max(each.share, found.get(each.segment.name, 0.0))
    return found
