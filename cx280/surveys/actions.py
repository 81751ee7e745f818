"""Writes surveys: started, drafted, opened, closed; and what was discussed with OMB."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cx280.accounts.actions.justifications import justify
from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, Unusable
from cx280.services.models import Service
from cx280.services.rules.names import code_for
from cx280.surveys import queries
from cx280.surveys.models import (
    OmbDiscussion,
    OtherCollection,
    ServiceImpact,
    Survey,
    SurveyVersion,
)
from cx280.surveys.problems import DraftMovedOn, NotReady
from cx280.surveys.rules.document import SurveyDocument, as_data, read_document
from cx280.surveys.rules.opening import digest_of, may_be_justified
from cx280.surveys.rules.translations import Sources, confirmed, sources_after, words_digest

# Words that are pages beside the surveys in the address /surveys/<word>/.
RESERVED = frozenset({"new", "discussions", "plan", "touchpoints", "burden", "contact-rules"})
_CODE_LENGTH = 40


def create_survey(
    service: Service,
    *,
    by: Person | None,
    document: SurveyDocument,
    title: str,
    channel: str,
    **fields: Any,
) -> Survey:
    """A draft survey of the service with this document; `fields` are others of Survey by name."""
    with transaction.atomic():
        survey = Survey.objects.create(
            service=service,
            code=_free_code(title),
            title=title.strip(),
            channel=channel,
            draft=as_data(document),
            created_by=by,
            **fields,
        )
        _told("create_survey", survey, by=by, title=survey.title)
    return survey


def _free_code(title: str) -> str:
    taken = frozenset(Survey.objects.values_list("code", flat=True)) | RESERVED
    return code_for(title[: _CODE_LENGTH - 6], taken)[:_CODE_LENGTH]


def save_draft(
    survey: Survey,
    *,
    by: Person,
    document: SurveyDocument | dict[str, Any],
    revision: int,
    still_right: Mapping[str, set[str]] | None = None,
) -> Survey:
    """The survey with the draft stored and its revision counted on; unchanged drafts stay as is.

    revision: the one the writer started from. still_right: by locale, the places of translations
    that hold although their English changed. Raises DraftMovedOn, changing nothing, when
    somebody saved since; Unusable when it is no survey document.
    """
    # Read once more even when it is a document already: what cannot be read must not be stored.
    document = read_document(
        document if isinstance(document, dict) else as_data(document), draft=True
    )
    data = as_data(document)
    with transaction.atomic():
        current = Survey.objects.select_for_update().get(pk=survey.pk)
        if current.draft_revision != revision:
            raise DraftMovedOn(current.draft_revision)
        sources = _sources(current, document, still_right or {})
        if current.draft == data and sources == current.translated_from:
            return current
        current.draft, current.translated_from = data, sources
        current.draft_revision += 1
        current.save(update_fields=["draft", "draft_revision", "draft_saved_at", "translated_from"])
        _told(
            "save_survey_draft",
            current,
            by=by,
            revision=current.draft_revision,
            digest=digest_of(document),
        )
    survey.draft, survey.draft_revision = current.draft, current.draft_revision
    survey.draft_saved_at = current.draft_saved_at
    return survey


def _sources(
    survey: Survey, document: SurveyDocument, still_right: Mapping[str, set[str]]
) -> Sources:
    """What each translation is of, once the survey's draft is this document."""
    found = sources_after(queries.draft_of(survey), document, survey.translated_from)
    for locale, places in still_right.items():
        found = confirmed(document, locale, places, found)
    return found


def mark_as_read(survey: Survey, *, locale: str, reader: str, by: Person, on: date) -> Survey:
    """Keeps that a native speaker read the survey's words in the locale, and ours around them.

    It holds for these words: when one changes, the language is unread again. Unusable without a
    name, and for a language in which nothing is written.
    """
    document, name = queries.draft_of(survey), " ".join(reader.split())[:120]
    if locale not in document.locales:
        raise Unusable("This language is not complete, so it cannot be read over yet.")
    if not name:
        raise Unusable("Say who read it: a name or an office.", field="reader")
    with transaction.atomic():
        current = Survey.objects.select_for_update().get(pk=survey.pk)
        current.translations_read = {
            **current.translations_read,
            locale: {"digest": words_digest(document, locale), "reader": name, "on": str(on)},
        }
        current.save(update_fields=["translations_read"])
        _told("mark_translation_read", current, by=by, locale=locale)
    survey.translations_read = current.translations_read
    return survey


def change_survey(survey: Survey, *, by: Person, **fields: Any) -> Survey:
    """The survey with other facts around its document: title, channel, collection, journey step."""
    before = {name: str(getattr(survey, name) or "") for name in fields}
    after = {name: str(value or "") for name, value in fields.items()}
    changed = {name: [before[name], after[name]] for name in fields if before[name] != after[name]}
    if not changed:
        return survey
    with transaction.atomic():
        for name, value in fields.items():
            setattr(survey, name, value)
        survey.save(update_fields=list(fields))
        _told("change_survey", survey, by=by, changed=changed)
    return survey


def justify_finding(survey: Survey, *, by: Person, finding: str, text: str, on: date) -> None:
    """Keeps why a finding is accepted; raises Conflict when no written reason is enough."""
    standing = queries.standing_of(survey, on)
    matching = [each for each in standing.findings if each.key == finding]
    if not matching:
        raise Conflict("That finding is no longer there; nothing needs a reason.")
    reporting = standing.document.hisp_reporting
    if not all(may_be_justified(each, hisp_reporting=reporting) for each in matching):
        raise Conflict("This must be fixed; a written reason is not enough.", rule=matching[0].rule)
    justify(
        subject_of(survey),
        finding=finding,
        text=text,
        by=by,
        organization=agency_of(survey.service.owner).code,
    )


@implements("280.11-a1", "280.10-g3", "280.8-b9")
def open_survey(survey: Survey, *, by: Person | None, on: date) -> SurveyVersion:
    """The version people answer from now on, frozen as it was checked.

    Raises NotReady, naming what stands in the way, when an ERROR is not fixed, a WARN has no
    reason, words are missing or no clearance is in force that day; Conflict when the same
    document is open already. A version open until now is closed by the new one.
    """
    with transaction.atomic():
        survey = Survey.objects.select_for_update(of=("self",)).select_related(
            "service__owner", "collection__clearance"
        ).get(pk=survey.pk)  # fmt: skip
        standing = queries.standing_of(survey, on)
        if not standing.may_open:
            raise NotReady(survey.title, standing.in_the_way, standing.unready)
        if survey.state == Survey.State.OPEN and not standing.differs:
            raise Conflict("Exactly this survey is open already.")
        document = queries.frozen(survey)
        now = timezone.now()
        survey.versions.filter(closed_at__isnull=True).update(
            closed_at=now, closed_because="A newer version was opened"
        )
        version = SurveyVersion.objects.create(
            survey=survey,
            number=survey.versions.count() + 1,
            document=as_data(document),
            digest=digest_of(document),
            findings=[each.as_dict() for each in standing.findings],
            opened_at=now,
            opened_by=by,
        )
        survey.state = Survey.State.OPEN
        survey.save(update_fields=["state"])
        _told("open_survey", survey, by=by, version=version.number, digest=version.digest)
    return version


def close_survey(survey: Survey, *, by: Person | None, because: str, on: date) -> Survey:
    """The survey, closed to the public; `by` is None when the system closes it itself.

    Closing what is closed changes nothing.
    """
    with transaction.atomic():
        survey = Survey.objects.select_for_update(of=("self",)).get(pk=survey.pk)
        if survey.state != Survey.State.OPEN:
            return survey
        survey.versions.filter(closed_at__isnull=True).update(
            closed_at=timezone.now(), closed_because=because[:200]
        )
        survey.state = Survey.State.CLOSED
        survey.save(update_fields=["state"])
        _told("close_survey", survey, by=by, because=because, on=on.isoformat())
    return survey


def record_discussion(
    agency: Organization,
    *,
    by: Person,
    kind: str,
    held_on: date,
    contact: str,
    outcome: str,
    note: str = "",
    survey: Survey | None = None,
    on: date,
) -> OmbDiscussion:
    """The talk with OMB, kept for one survey or, without one, for all of the agency.

    Raises Unusable for a day that has not come, or a survey of another agency.
    """
    if held_on > on:
        raise Unusable("A talk that has not taken place cannot be recorded.", field="held_on")
    if survey is not None and agency_of(survey.service.owner).pk != agency.pk:
        raise Unusable("That survey belongs to another agency.", field="survey")
    with transaction.atomic():
        talk = OmbDiscussion.objects.create(
            agency=agency,
            survey=survey,
            kind=kind,
            held_on=held_on,
            contact=contact.strip(),
            outcome=outcome,
            note=note.strip(),
            recorded_by=by,
        )
        record(
            actor=by.email,
            action="record_discussion",
            subject=subject_of(talk),
            organization=agency.code,
            detail={
                "kind": kind,
                "held_on": held_on.isoformat(),
                "outcome": outcome,
                "survey": survey.code if survey else "",
            },
        )
    return talk


def add_other_collection(agency: Organization, *, by: Person, **fields: Any) -> OtherCollection:
    """A survey of the agency that runs elsewhere; `fields` are those of OtherCollection."""
    with transaction.atomic():
        other = OtherCollection.objects.create(agency=agency, recorded_by=by, **fields)
        record(
            actor=by.email,
            action="add_other_collection",
            subject=subject_of(other),
            organization=agency.code,
            detail={"title": other.title},
        )
    return other


def change_other_collection(
    other: OtherCollection, *, by: Person, **fields: Any
) -> OtherCollection:
    """A collection elsewhere with other facts; `fields` are those of OtherCollection."""
    changed = sorted(name for name, value in fields.items() if getattr(other, name) != value)
    if not changed:
        return other
    with transaction.atomic():
        for name, value in fields.items():
            setattr(other, name, value)
        other.save(update_fields=list(fields))
        record(
            actor=by.email,
            action="change_other_collection",
            subject=subject_of(other),
            organization=other.agency.code,
            detail={"title": other.title, "changed": changed},
        )
    return other


def record_impact(
    service: Service, *, by: Person, cost: Decimal | None, priority: int | None, source: str
) -> ServiceImpact:
    """What the service costs and how much it matters, as somebody says."""
    with transaction.atomic():
        impact, _ = ServiceImpact.objects.update_or_create(
            service=service,
            defaults={"cost": cost, "priority": priority, "source": source, "recorded_by": by},
        )
        record(
            actor=by.email,
            action="record_impact",
            subject=subject_of(service),
            organization=agency_of(service.owner).code,
            detail={"cost": None if cost is None else str(cost), "priority": priority},
        )
    return impact


def _told(action: str, survey: Survey, *, by: Person | None, **detail: object) -> None:
    record(
        actor=by.email if by else "system",
        action=action,
        subject=subject_of(survey),
        organization=agency_of(survey.service.owner).code,
        detail=detail,
    )
