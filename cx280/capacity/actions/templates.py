"""Loads templates: a version once, and never another text under the same version."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from cx280.accounts.models import Person
from cx280.audit.actions import record, subject_of
from cx280.capacity.models import TemplateVersion
from cx280.capacity.queries.templates import shipped
from cx280.capacity.rules.templates import digest_of, read_template
from cx280.circular.implements import implements
from cx280.kernel.problem import Conflict


@implements("280.9-fn4", "280.17-g1", "INC-16", "INC-45")
def load_template(text: str, *, by: Person | None = None) -> TemplateVersion:
    """The template in a TOML text, kept from now on; loading the same again changes nothing.

    Raises Unusable when it is no template, Conflict when the version has another text already.
    """
    document = read_template(text)
    digest = digest_of(document)
    known = TemplateVersion.objects.filter(code=document["code"], version=document["version"])
    if (found := known.first()) is None:
        try:
            with transaction.atomic():
                found = _keep(document, digest, by)
        except IntegrityError:  # another process loaded it meanwhile
            found = known.get()
    if found.digest != digest:
        raise Conflict(
            f"{found} is loaded already, with another text.",
            fix="A version never changes. Give the new text the next version.",
        )
    return found


def _keep(document: dict[str, object], digest: str, by: Person | None) -> TemplateVersion:
    names = ("code", "version", "kind", "first_year", "last_year")
    kept = TemplateVersion.objects.create(
        **{name: document[name] for name in names}, document=document, digest=digest, loaded_by=by
    )
    record(
        actor=by.email if by else "system",
        action="load_template",
        subject=subject_of(kept),
        organization="",
        detail={"template": str(kept), "digest": digest},
    )
    return kept


def load_shipped() -> None:
    """Makes sure that the templates that come with cx280 are there."""
    for text in shipped():
        load_template(text)
