"""Changing an agency's codebook, and saying what a comment is about; both audited."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import Conflict, Unusable
from cx280.kernel.quarter import Quarter
from cx280.measures.actions.filing import file_comments, recount_themes
from cx280.measures.models import CodebookVersion, ThemeCorrection
from cx280.measures.queries.codebooks import codebook_of, codebook_version, filing_for
from cx280.measures.rules.themes.codebook import Codebook, as_data, changes_between
from cx280.responses.models import Comment


@transaction.atomic
def save_codebook(
    agency: Organization, codebook: Codebook, *, based_on: int, by: Person
) -> CodebookVersion | None:
    """The agency's next codebook; None when nothing changed. The worker files the comments anew.

    based_on: the number that was changed, 0 for the federal codebook; raises Conflict when
    somebody else changed it meanwhile.
    """
    Organization.objects.select_for_update().get(pk=agency.pk)
    latest = codebook_version(agency)
    if (latest.number if latest else 0) != based_on:
        raise Conflict(
            "Somebody else changed the codebook meanwhile.",
            fix="Open it again and make your change once more.",
        )
    changes = changes_between(codebook_of(agency), codebook)
    if not changes:
        return None
    version = CodebookVersion.objects.create(
        agency=agency, number=based_on + 1, themes=as_data(codebook), changed_by=by
    )
    record(
        actor=by.email,
        action="change_codebook",
        subject=subject_of(version),
        organization=agency.code,
        detail={"number": version.number, "changes": changes},
    )
    return version


@transaction.atomic
def correct_comment(comment: Comment, codes: Iterable[str], *, by: Person) -> ThemeCorrection:
    """What a person says the comment is about, instead of what the machine found.

    codes: of active themes, none for “no theme”. Counts follow at once. The trail tells codes,
    never words. Raises Unusable for a code the codebook does not have.
    """
    agency = agency_of(comment.service.owner)
    known = [theme.code for theme in codebook_of(agency).active]
    wanted = set(codes)
    if not wanted <= set(known):
        raise Unusable("One of these themes is not in the codebook any more.", field="codes")
    before = sorted(comment.themes.values_list("code", flat=True))
    held = [code for code in known if code in wanted]
    correction, _ = ThemeCorrection.objects.update_or_create(
        comment=comment, defaults={"codes": held, "by": by, "at": timezone.now()}
    )
    file_comments([comment], filing_for(agency))
    recount_themes(comment.version, Quarter.of(comment.day))
    record(
        actor=by.email,
        action="correct_comment",
        subject=subject_of(comment),
        organization=agency.code,
        detail={"before": before, "after": held},
    )
    return correction
