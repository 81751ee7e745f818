"""Who may see the responses to which survey: all of them, or those of their own units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from cx280.accounts.access import may, organizations_where
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.agencies.queries import serving
from cx280.kernel.problem import NotAllowed, NotFound
from cx280.responses import queries
from cx280.responses.models import Concern, Entry, PaperBatch, Response
from cx280.services.access import services_where
from cx280.services.models import Service
from cx280.surveys.models import Survey


@dataclass(frozen=True, slots=True)
class Scope:
    """A survey and the units whose responses the person may see; None is all, coded or not."""

    survey: Survey
    units: QuerySet[Organization] | None

    @property
    def responses(self) -> QuerySet[Response]:
        """The responses the person may see."""
        units = None if self.units is None else list(self.units.values_list("pk", flat=True))
        return queries.responses_of(self.survey, units)


def surveys_where(person: Person, capability: Capability) -> QuerySet[Survey]:
    """The surveys with responses the person may do this with: of their units or of one above."""
    mine = organizations_where(person, capability)
    above: set[int] = set()
    for path in mine.values_list("path", flat=True):
        above.update(int(each) for each in path.strip("/").split("/"))
    return Survey.objects.filter(Q(service__owner__in=above))


def scope_to(person: Person, capability: Capability, code: str) -> Scope:
    """The survey with what the person may see of its responses; raises NotFound for none.

    A program manager of one office sees that office's responses to the whole agency's survey.
    """
    survey = Survey.objects.select_related("service__owner").filter(code=code).first()
    if survey is None:
        raise NotFound("There is no such survey, or it is not one of yours.")
    owner = survey.service.owner
    if may(person, capability, owner):
        return Scope(survey, None)
    below = organizations_where(person, capability).filter(path__startswith=owner.path)
    if below.exists():
        return Scope(survey, below)
    raise NotFound("There is no such survey, or it is not one of yours.")


def survey_to_import(person: Person, code: str) -> Survey:
    """The survey, when the person may add responses to it and say which unit a code means."""
    scope = scope_to(person, Capability.SEE_SURVEYS, code)
    if not may(person, Capability.IMPORT_RESPONSES, scope.survey.service.owner):
        raise NotAllowed("This takes a role for the unit that owns the service.")
    return scope.survey


def units_to_choose(survey: Survey) -> QuerySet[Organization]:
    """The units a response of the survey can be about."""
    owner = survey.service.owner
    return Organization.objects.filter(serving(owner)).order_by("name")


def may_export(person: Person, survey: Survey) -> bool:
    """Whether the person may take the responses they see of this survey out as a file."""
    return surveys_where(person, Capability.EXPORT_RESPONSES).filter(pk=survey.pk).exists()


def concerns_where(person: Person, capability: Capability) -> QuerySet[Concern]:
    """The concerns the person may do this with: on services of their units, and about their units.

    The manager of an office sees what was written about that office, whoever owns the service.
    """
    mine = organizations_where(person, capability)
    return queries.concerns().filter(
        Q(comment__service__owner__in=mine) | Q(comment__unit__in=mine)
    )


def concern_to_handle(person: Person, pk: int) -> Concern:
    """The concern with that number; NotFound when unseen, NotAllowed when only to be read."""
    found = concerns_where(person, Capability.SEE_COMMENTS).filter(pk=pk).first()
    if found is None:
        raise NotFound("There is no such comment, or it is not one of yours.")
    if not concerns_where(person, Capability.HANDLE_URGENT).filter(pk=pk).exists():
        raise NotAllowed("Your role can read this comment and not act on it.")
    return found


def service_to_answer_for(person: Person, code: str) -> Service:
    """The service for which the person may name who is told; NotFound otherwise."""
    services = services_where(person, Capability.HANDLE_URGENT).select_related("owner")
    found = services.filter(code=code).first()
    if found is None:
        raise NotFound("There is no such service, or it is not one of yours.")
    return found


def entering_where(person: Person) -> QuerySet[Survey]:
    """The surveys the person may enter answers for: of their units, or of one above."""
    return surveys_where(person, Capability.ENTER_ANSWERS).select_related("service__owner")


def survey_to_enter(person: Person, code: str) -> Scope:
    """The survey with the units the person may enter answers about; NotFound otherwise."""
    return scope_to(person, Capability.ENTER_ANSWERS, code)


def units_to_enter(scope: Scope) -> QuerySet[Organization]:
    """The units that what the person enters can be about."""
    return units_to_choose(scope.survey) if scope.units is None else scope.units.order_by("name")


def batch_to_key(person: Person, code: str, pk: int) -> PaperBatch:
    """The batch of that survey, when the person may key for its unit; NotFound otherwise."""
    scope = survey_to_enter(person, code)
    found = PaperBatch.objects.filter(version__survey=scope.survey, pk=pk)
    if scope.units is not None:
        found = found.filter(unit__in=scope.units)
    batch = found.select_related("version__survey__service__owner", "unit").first()
    if batch is None:
        raise NotFound("There is no such batch, or it is not one of yours.")
    return batch


def may_look_over(person: Person, survey: Survey) -> bool:
    """Whether the person may take back what others entered: who brings in responses may."""
    return may(person, Capability.IMPORT_RESPONSES, survey.service.owner)


def may_take_back(person: Person, entry: Entry, since: datetime) -> bool:
    """Who entered it may since that moment, and who looks over the survey at any time; not once
    its batch is closed.
    """
    if entry.batch is not None and entry.batch.closed_at is not None:
        return False
    is_own = entry.entered_by_id == person.pk and entry.entered_at >= since
    return is_own or may_look_over(person, entry.version.survey)


def entry_to_take_back(person: Person, code: str, pk: UUID, since: datetime) -> Entry:
    """The entry of that survey, when the person may take it back; NotFound or NotAllowed."""
    scope = survey_to_enter(person, code)
    found = Entry.objects.filter(pk=pk, version__survey=scope.survey).select_related(
        "batch", "unit", "response", "entered_by", "version__survey__service__owner"
    )
    if scope.units is not None:
        found = found.filter(unit__in=scope.units)
    entry = found.first()
    if entry is None:
        raise NotFound("This was not entered, or was taken back already.")
    if not may_take_back(person, entry, since):
        raise NotAllowed(
            "This was entered by somebody else, too long ago, or in a batch that is closed.",
            fix="Whoever brings in responses for the service can take it back while it is open.",
        )
    return entry
