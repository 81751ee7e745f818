"""Reads what the posters of a survey say, office by office."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings

from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.delivery.rules.posters import Poster
from cx280.delivery.rules.short_addresses import short_name
from cx280.surveys.models import Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.document import read_document
from cx280.surveys.rules.links import address


def posters_of(survey: Survey, units: Iterable[Organization]) -> list[Poster]:
    """A poster for each of the units, in their order; of the open version, else of the draft."""
    version = survey.versions.filter(closed_at__isnull=True).first()
    document = read_document(version.document) if version else draft_of(survey)
    collection = survey.collection
    site: str = settings.PUBLIC_ADDRESS
    return [
        Poster(
            agency=agency_of(survey.service.owner).name,
            office=each.name,
            service=document.service or survey.service.name,
            address=address(site, survey.code, each.code),
            short=f"{site.split('://')[-1]}/q/{short_name(survey.pk, each.pk)}",
            languages=document.locales,
            control_number=collection.clearance.control_number if collection else "",
            expires_on=collection.clearance.expires_on if collection else None,
            minutes=float(collection.minutes) if collection else None,
            simulated=survey.simulated,
        )
        for each in units
    ]
