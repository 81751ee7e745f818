"""Begins assessments and writes drafts: what is said of a practice, a function, a component."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone

from cx280.accounts.access import may
from cx280.accounts.actions import give_reason
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.capacity.actions.templates import load_shipped
from cx280.capacity.checks import check
from cx280.capacity.models import Answer, Assessment, Evidence
from cx280.capacity.queries.assessments import facts_of
from cx280.capacity.queries.templates import templates_for
from cx280.capacity.rules.facts import Known
from cx280.capacity.rules.vocabulary import Kind, Proof, Said, Stage
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.services.models import Hisp


@dataclass(frozen=True, slots=True)
class ToShow:
    """Evidence to add."""

    kind: str
    words: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """What somebody says under one code. seen: the revision they had before them, 0 for none.

    known: what cx280 knows and they take as evidence; drop: keys of evidence to take away.
    """

    code: str
    said: str
    level: int | None = None
    words: str = ""
    confirmed: bool = False
    seen: int = 0
    add: Sequence[ToShow] = field(default_factory=tuple)
    known: Sequence[Known] = field(default_factory=tuple)
    drop: Sequence[int] = field(default_factory=tuple)


def begin_assessment(hisp: Hisp, *, fiscal_year: int, by: Person) -> Assessment:
    """The provider’s one assessment of that year, begun now or before."""
    return _begin(Kind.ASSESSMENT, hisp.organization, hisp, fiscal_year, by)


@implements("280.9-g1")
def begin_reflection(organization: Organization, *, fiscal_year: int, by: Person) -> Assessment:
    """The agency’s one reflection of that year, begun now or before."""
    if organization.parent_id is not None:
        raise Unusable("An agency reflects as a whole.", field="subject", rule="280.9-g1")
    return _begin(Kind.REFLECTION, organization, None, fiscal_year, by)


def _begin(
    kind: Kind, organization: Organization, hisp: Hisp | None, fiscal_year: int, by: Person
) -> Assessment:
    if not may(by, Capability.EDIT_QUARTERS, organization):
        raise NotAllowed(f"You may not begin the {kind.label} of {hisp or organization}.")
    load_shipped()
    offered = templates_for(kind, fiscal_year)
    if not offered:
        raise NotFound(f"No template of a {kind.label} is for FY{fiscal_year}.")
    whose = {"hisp": hisp, "organization": organization, "fiscal_year": fiscal_year}
    try:
        with transaction.atomic():
            begun = Assessment.objects.create(**whose, kind=kind.value, template_version=offered[0])
            _audit("begin_assessment", begun, by, template=str(offered[0]))
    except IntegrityError:
        return Assessment.objects.get(**whose)
    return begun


def lock(assessment: Assessment) -> Assessment:
    """The assessment as it stands now, held until the end of the transaction."""
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("organization", "hisp", "template_version")
        .get(pk=assessment.pk)
    )


@transaction.atomic
def explain_warning(assessment: Assessment, *, stamp: str, text: str, by: Person) -> None:
    """Keeps why a warning of a draft stands, until what was found changes."""
    kept = _to_write(assessment, by)
    standing = check(facts_of(kept, timezone.localdate()))
    give_reason(
        subject_of(kept), standing, stamp=stamp, text=text, by=by,
        organization=kept.organization.code,
    )  # fmt: skip


def _to_write(assessment: Assessment, by: Person) -> Assessment:
    kept = lock(assessment)
    if not may(by, Capability.EDIT_QUARTERS, kept.organization):
        raise NotAllowed("You may not write this.")
    if kept.stage != Stage.DRAFT:
        raise Conflict("This is signed; what it says stays.", fix="Open it again first.")
    return kept


@implements("280.9-f1", "280.9-f3", "280.17-a1")
@transaction.atomic
def say(
    assessment: Assessment, saying: Saying, *, by: Person, now: datetime, today: date
) -> Answer | None:
    """What is kept under the code from now on; None when nothing was said and nothing was there.

    Raises Conflict when somebody else wrote there since the person opened the page.
    """
    kept = _to_write(assessment, by)
    _known_code(kept, saying)
    row = kept.answers.select_for_update().filter(code=saying.code).first()
    if row is not None and row.revision != saying.seen:
        raise Conflict(
            f"{row.said_by.name} changed this while you had it open.",
            field=saying.code,
            fix="Look at what stands there now, then write again.",
        )
    if _says_nothing(saying):
        if row is not None:
            row.delete()
            _audit("take_back_answer", kept, by, code=saying.code)
        return None
    row = row or Answer(assessment=kept, code=saying.code, revision=0)
    row.said, row.level = saying.said, saying.level
    row.words, row.confirmed = saying.words.strip(), saying.confirmed
    row.said_at, row.said_by, row.revision = now, by, row.revision + 1
    row.save()
    _show(row, saying, by, now, today)
    _audit("answer", kept, by, code=saying.code, said=saying.said, level=saying.level)
    return row


def _says_nothing(saying: Saying) -> bool:
    return saying.said == Said.WORDS and not saying.words.strip() and not saying.confirmed


def _known_code(assessment: Assessment, saying: Saying) -> None:
    template = assessment.template_version.template
    practices = {each.code for each in template.practices}
    told = {each.code for each in template.functions}
    told |= {asked.code for each in template.components for asked in each.asked}
    if saying.code not in practices | told:
        raise NotFound("The template asks nothing under this code.")
    in_words = Said.of(saying.said) is Said.WORDS
    if (saying.code in practices) == in_words and not _says_nothing(saying):
        raise Unusable("A practice is answered with a level, the rest in words.", field="said")
    highest = len(template.levels) - 1
    if (
        saying.said == Said.LEVEL
        and not 0 <= (saying.level if saying.level is not None else -1) <= highest
    ):
        raise Unusable(f"Levels go from 0 to {highest}.", field="level")


def _show(row: Answer, saying: Saying, by: Person, now: datetime, today: date) -> None:
    row.evidence.filter(pk__in=list(saying.drop)).delete()
    there = set(row.evidence.values_list("words", flat=True))
    new = [
        Evidence(answer=row, kind=Proof.of(each.kind).value, words=each.words.strip(),
                 address=each.address.strip(), added_at=now, added_by=by)
        for each in saying.add if each.words.strip()
    ] + [
        Evidence(answer=row, kind=Proof.KNOWN.value, words=each.words[:300], address=each.address,
                 known_on=each.as_of, added_at=now, added_by=by)
        for each in saying.known
    ]  # fmt: skip
    Evidence.objects.bulk_create([each for each in new if each.words not in there])


@implements("280.17-c2")
@transaction.atomic
def say_no_initiative(assessment: Assessment, *, because: str, by: Person) -> Assessment:
    """Why no step to greater maturity is underway or planned; blank takes it back."""
    kept = _to_write(assessment, by)
    kept.no_initiative = because.strip()
    kept.save(update_fields=["no_initiative"])
    _audit("say_no_initiative", kept, by, because=kept.no_initiative)
    return kept


def _audit(action: str, assessment: Assessment, by: Person, **detail: object) -> None:
    record(
        actor=by.email,
        action=action,
        subject=subject_of(assessment),
        organization=assessment.organization.code,
        detail={"fiscal_year": assessment.fiscal_year, **detail},
    )
