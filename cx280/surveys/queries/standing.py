"""Reads surveys: what is open, what is known around a document, what keeps it closed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from django.conf import settings

from cx280.accounts.models import Justification
from cx280.accounts.queries import justifications_for
from cx280.agencies.models import Organization
from cx280.agencies.queries import active, agency_of, serving
from cx280.audit.actions import subject_of
from cx280.circular.edition import Edition, edition
from cx280.circular.implements import implements
from cx280.clearance.queries import gate
from cx280.kernel.finding import Finding
from cx280.services.models import Service
from cx280.services.queries.facts import has_human_role
from cx280.surveys.checks import Context, Disclosure, Discussion, check
from cx280.surveys.models import OmbDiscussion, Survey, SurveyVersion
from cx280.surveys.rules.codes import with_codes
from cx280.surveys.rules.document import SurveyDocument, read_document
from cx280.surveys.rules.instrument import instrument_digest
from cx280.surveys.rules.library import Names
from cx280.surveys.rules.minutes import minutes
from cx280.surveys.rules.opening import digest_of, standing_in_the_way
from cx280.surveys.rules.readiness import unready
from cx280.surveys.rules.templates import Start
from cx280.surveys.rules.translations import read_by_natives
from cx280.surveys.rules.trust_object import with_objects
from cx280.surveys.rules.vocabulary import DiscussionKind

# Fewer answers than this say nothing about how long a survey takes.
FEWEST_TIMED = 10


def open_version(code: str) -> SurveyVersion | None:
    """The version the public answers now, or None when nothing is open under the code."""
    return (
        SurveyVersion.objects.select_related(
            "survey__service__owner", "survey__collection__clearance"
        )
        .filter(survey__code=code, survey__state=Survey.State.OPEN, closed_at__isnull=True)
        .first()
    )


def draft_of(survey: Survey) -> SurveyDocument:
    """The document being written; words may still be missing in it."""
    return read_document(survey.draft, draft=True)


def discussions_for(survey: Survey) -> tuple[Discussion, ...]:
    """The talks with OMB that hold for the survey and ended in agreement, oldest first."""
    rows = OmbDiscussion.objects.filter(
        agency=agency_of(survey.service.owner), outcome=OmbDiscussion.Outcome.AGREED
    ).order_by("held_on", "id")
    return tuple(
        Discussion(DiscussionKind.of(each.kind), each.held_on, each.contact)
        for each in rows
        if each.survey_id in (None, survey.pk)
    )


def context_for(survey: Survey, on: date) -> Context:
    """What the checks may know around the survey on a day."""
    agency = agency_of(survey.service.owner)
    return Context(
        edition=edition_of(survey),
        on=on,
        discussions=discussions_for(survey),
        names=_names(survey, agency),
        channel=survey.channel,
        has_human_role=has_human_role(survey.service),
        # Without a collection 280.11-a1 says what is missing; once is enough.
        disclosure=disclosure_of(survey, draft_of(survey), agency) if survey.collection else None,
        measured_minutes=_measured_minutes(survey),
        read_locales=read_by_natives(draft_of(survey), survey.translations_read),
    )


def disclosure_of(survey: Survey, document: SurveyDocument, agency: Organization) -> Disclosure:
    """What the survey's page can tell people before they answer.

    Who asks and why, that it is voluntary and how privacy is kept stand on every page; the burden
    and the number come from the collection.
    """
    collection = survey.collection
    clearance = collection.clearance if collection else None
    return Disclosure(
        purpose=document.introductions.get("en") or f"{agency} asks about {survey.service}.",
        voluntary="You may skip any question.",
        minutes=float(collection.minutes) if collection else minutes(document),
        control_number=clearance.control_number if clearance else "",
        expires_on=clearance.expires_on if clearance else None,
        privacy_link=document.privacy_url or f"/s/{survey.code}/",
    )


def _names(survey: Survey, agency: Organization) -> tuple[str, ...]:
    owner = survey.service.owner
    names = (survey.service.name, owner.name, owner.abbreviation, agency.name, agency.abbreviation)
    return tuple(dict.fromkeys(each for each in names if each))


@implements("280.10-m1")
def measured_seconds(survey: Survey) -> list[int]:
    """How long the latest people took from page to send, in seconds; [] before anybody answered.

    At most 500, of the newest version, the newest days first: enough for a median, and as quick
    to read of a million answers as of a thousand. Answers stand above; by their name only.
    """
    version = survey.versions.order_by("-number").first()
    if version is None:
        return []
    timed = SurveyVersion.objects.filter(
        pk=version.pk, responses__seconds__isnull=False, responses__suspected=""
    )
    taken = timed.order_by("-responses__day").values_list("responses__seconds", flat=True)
    return [each for each in taken[:500] if each is not None]


def _measured_minutes(survey: Survey) -> float | None:
    """The median of real answers, None while there are too few to judge by (280.10-g3)."""
    taken = measured_seconds(survey)
    return median(taken) / 60 if len(taken) >= FEWEST_TIMED else None


def names_of(survey: Survey) -> Names:
    """What fills the slots of the statements for this survey."""
    document = draft_of(survey)
    agency = agency_of(survey.service.owner)
    return Names(document.service or survey.service.name, agency.name, document.population)


def frozen(survey: Survey) -> SurveyDocument:
    """The draft as a version keeps it: codes and objects of trust written out.

    Raises Unusable when words are still missing.
    """
    document = read_document(survey.draft)
    agency = agency_of(survey.service.owner)
    agency_names = [each for each in (agency.name, agency.abbreviation) if each]
    services = [each for each in (survey.service.name, document.service) if each]
    return with_codes(with_objects(document, edition(document.edition), agency_names, services))


@dataclass(frozen=True, slots=True)
class Standing:
    """How a draft stands on a day: what was found, what is justified, what keeps it closed.

    unready: a sentence by question id. differs: whether the draft is not what is open now.
    """

    document: SurveyDocument
    context: Context
    findings: list[Finding]
    justified: dict[str, Justification]
    in_the_way: list[Finding]
    unready: dict[str, str]
    differs: bool

    @property
    def may_open(self) -> bool:
        """Whether nothing keeps the survey closed."""
        return not self.in_the_way and not self.unready


def standing_of(survey: Survey, on: date, typed: SurveyDocument | None = None) -> Standing:
    """How the draft (or what was typed) stands on a day, clearance included (280.11-a1)."""
    document = typed or draft_of(survey)
    context = context_for(survey, on)
    findings = [*check(document, context), *clearance_findings(survey, on)]
    justified = justifications_for(subject_of(survey))
    in_the_way = standing_in_the_way(findings, justified, hisp_reporting=document.hisp_reporting)
    faults = unready(document)
    return Standing(
        document, context, findings, justified, in_the_way, faults, _differs(survey, faults)
    )


def clearance_findings(survey: Survey, on: date) -> list[Finding]:
    """What the Paperwork Reduction Act says to opening the survey on that day."""
    return gate(survey.collection, on, instrument=instrument_digest(draft_of(survey)))


def _differs(survey: Survey, faults: dict[str, str]) -> bool:
    version = survey.versions.filter(closed_at__isnull=True).first()
    if version is None or faults:
        return True
    return version.digest != digest_of(frozen(survey))


def start_for(service: Service, channel: str) -> Start:
    """What a template may know of a service reached through a channel."""
    human = has_human_role(service)
    return Start(
        names=Names(service.name, agency_of(service.owner).name),
        service_type=service.service_type,
        channel=channel,
        self_service=not human,
        has_human_role=human,
        hisp_reporting=service.designations.filter(
            concurred_on__isnull=False, ended_on__isnull=True
        ).exists(),
    )


def units_to_link(survey: Survey, on: date) -> list[Organization]:
    """The active units whose own link a survey can have, the owner first."""
    owner = survey.service.owner
    found = active(on).filter(serving(owner)).order_by("path")
    return sorted(found, key=lambda each: not each.path.startswith(owner.path))


def edition_of(survey: Survey) -> Edition:
    """The edition the survey is written for."""
    return edition(survey.draft.get("edition", settings.CX280_EDITION))


def start_of(survey: Survey) -> Start:
    """What a template or a new question may know of the survey's service."""
    start = start_for(survey.service, survey.channel)
    document = draft_of(survey)
    return replace(start, names=names_of(survey), self_service=document.self_service)
