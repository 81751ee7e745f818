"""Quarters as collections, and the surveys in them as details."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.reporting.access import packages_where, sees_drafts
from cx280.reporting.models import Package
from cx280.reporting.queries.content import content_of, sent_content, sent_version
from cx280.reporting.rules.content import SurveyReport
from cx280.services.models import JourneyStep
from cx280.surveys.models import Survey
from cx280.touchpoints.rules.shapes import Resource, moment, resource
from cx280.touchpoints.rules.words import detail_key, state_of, survey_type

NAME = "CX Quarterly Reporting"


def collections(person: Person, *, every_state: bool) -> Iterator[Resource]:
    """The quarters the person may see: those published, or in every state."""
    found = packages_where(person, Capability.SEE_QUARTERS).order_by("pk")
    if not every_state:
        found = found.filter(state=Package.State.PUBLISHED)
    for each in found:
        yield resource("cx_collections", each.pk, _collection(person, each))


def _collection(person: Person, each: Package) -> dict[str, Any]:
    sent = sent_version(each)
    # Whoever sees what was sent only, sees that it was sent, whatever the agency does with it.
    state = each.state if sees_drafts(person, each) else _state_outside(each)
    return {
        "user_id": None,  # no program learns who wrote what
        "name": NAME,
        "organization_id": each.service.owner_id,
        "service_provider_id": each.hisp_id,
        "service_id": each.service_id,
        "service_name": each.service.name,
        "fiscal_year": str(each.fiscal_year),
        "quarter": str(each.quarter),
        "aasm_state": state_of(state),
        "rating": None,
        "integrity_hash": sent.digest if sent else None,
        "created_at": moment(each.created_at),
        "submitted_at": moment(each.submitted_at),
        "updated_at": moment(each.changed_at),
    }


def _state_outside(each: Package) -> str:
    """What OMB may know: a quarter that was sent once and is written at again was returned."""
    in_the_house = each.state in {Package.State.DRAFT, Package.State.CERTIFIED}
    return Package.State.RETURNED if in_the_house else each.state


def details(person: Person) -> Iterator[Resource]:
    """Each survey of each quarter the person may see, with the figures of that quarter alone."""
    packages = list(packages_where(person, Capability.SEE_QUARTERS).order_by("pk"))
    surveys = dict(
        Survey.objects.filter(service__in={each.service_id for each in packages})
        .values_list("code", "pk")
    )  # fmt: skip
    steps = dict(
        JourneyStep.objects.filter(surveys__in=surveys.values()).values_list("surveys__code", "pk")
    )
    for each in packages:
        content = content_of(each) if sees_drafts(person, each) else sent_content(each)
        for survey in content.surveys if content else ():
            if survey.code in surveys:
                key = detail_key(each.pk, surveys[survey.code])
                told = _detail(each, survey, steps.get(survey.code))
                yield resource("cx_collection_details", key, told)


def _detail(package: Package, survey: SurveyReport, step: int | None) -> dict[str, Any]:
    trust = survey.question("trust")
    return {
        "cx_collection_id": package.pk,
        "service_id": package.service_id,
        "service_name": package.service.name,
        "service_provider_id": package.hisp_id,
        "service_provider_name": package.hisp.name,
        "channel": survey.channel,
        "service_stage_id": step,
        "service_stage_name": survey.transaction_point or None,
        "volume_of_customers": survey.volumes.customers,
        "volume_of_customers_provided_survey_opportunity": survey.volumes.offered,
        "volume_of_respondents": survey.volumes.respondents,
        "omb_control_number": survey.control_number,
        "survey_type": survey_type(trust.scale if trust else ""),
        "survey_title": survey.title,
        "trust_question_text": trust.text if trust else None,
        "created_at": moment(package.created_at),
        "updated_at": moment(package.changed_at),
    }
