"""Reads what a supporting statement can say of an umbrella and of what is collected under it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from cx280.agencies.queries import agency_of
from cx280.clearance.models import Clearance
from cx280.clearance.queries import ceiling_of, lines_of
from cx280.paperwork.models import Request
from cx280.paperwork.rules.answers import Answers, read_answers
from cx280.paperwork.rules.statement import Umbrella
from cx280.paperwork.rules.vocabulary import YesNo
from cx280.surveys.models import OtherCollection, Survey
from cx280.surveys.queries import draft_of
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import LANGUAGE_NAMES


def umbrella_of(clearance: Clearance) -> Umbrella:
    """The clearance with its ledger, its surveys and what its requests say."""
    agency = agency_of(clearance.organization)
    surveys = list(Survey.objects.filter(collection__clearance=clearance).select_related("service"))
    documents = [draft_of(each) for each in surveys]
    approved = [read_answers(each.answers) for each in _approved(clearance)]
    return Umbrella(
        agency=agency.name,
        title=clearance.title,
        control_number=clearance.control_number,
        starts_on=clearance.starts_on,
        expires_on=clearance.expires_on,
        ceiling=ceiling_of(clearance),
        lines=sorted(lines_of(clearance), key=lambda line: (line.kind, line.title)),
        permits_release=clearance.permits_release,
        services=sorted({each.service.name for each in surveys}),
        elsewhere=_elsewhere(agency.pk),
        languages=_languages(documents),
        channels=sorted({each.mode.label for each in documents}),
        incentives=[each.title for each in approved if each.incentive is YesNo.YES],
        federal_cost=_cost(approved),
        reports_quarterly=any(each.hisp_reporting for each in documents),
        simulated=any(each.simulated for each in surveys),
    )


def _approved(clearance: Clearance) -> Iterable[Request]:
    return Request.objects.filter(clearance=clearance, state="approved").order_by("title")


def _elsewhere(agency: int) -> list[str]:
    found = OtherCollection.objects.filter(agency=agency, ended_on__isnull=True).order_by("title")
    return [
        f"{each.title}: {each.population}, {each.timing}"
        + (f" (OMB {each.control_number})" if each.control_number else "")
        for each in found
    ]


def _languages(documents: Iterable[SurveyDocument]) -> list[str]:
    codes = {locale.split("-")[0] for each in documents for locale in each.locales}
    return sorted(LANGUAGE_NAMES.get(each, each) for each in codes)


def _cost(approved: list[Answers]) -> Decimal | None:
    said = [each.federal_cost for each in approved if each.federal_cost is not None]
    return sum(said, Decimal(0)) if said else None
