"""Keeps templates: a version once, and never another text under the same version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from django.db import IntegrityError, transaction

from cx280.accounts.access import capabilities_of
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.issued.models import IssuedTemplate
from cx280.issued.rules import digest_of
from cx280.kernel.problem import Conflict, NotAllowed

Kept = TypeVar("Kept", bound=IssuedTemplate)


@implements("280.9-fn4", "280.17-g1", "INC-16", "INC-45")
def keep_template(
    model: type[Kept], document: Mapping[str, Any], *, by: Person | None = None, **more: object
) -> Kept:
    """The template, kept from now on; keeping the same again changes nothing.

    more: columns that only this kind has. Raises Conflict when the version has another text
    already, NotAllowed when somebody other than OMB loads one; the command line is nobody.
    """
    if by is not None and Capability.PUBLISH not in capabilities_of(by):
        raise NotAllowed("Only OMB and administrators load templates.")
    digest = digest_of(document)
    known = model._default_manager.filter(code=document["code"], version=document["version"])
    if (found := known.first()) is None:
        try:
            with transaction.atomic():
                found = _keep(model, document, digest, by, more)
        except IntegrityError:  # another process loaded it meanwhile
            found = known.get()
    if found.digest != digest:
        raise Conflict(
            f"{found} is loaded already, with another text.",
            fix="A version never changes. Give the new text the next version.",
        )
    return found


def _keep(
    model: type[Kept],
    document: Mapping[str, Any],
    digest: str,
    by: Person | None,
    more: Mapping[str, object],
) -> Kept:
    names = ("code", "version", "first_year", "last_year")
    kept = model._default_manager.create(
        **{name: document[name] for name in names}, **more, document=document, digest=digest,
        loaded_by=by,
    )  # fmt: skip
    record(
        actor=by.email if by else "system",
        action="load_template",
        subject=subject_of(kept),
        organization="",
        detail={"template": str(kept), "digest": digest},
    )
    return kept
