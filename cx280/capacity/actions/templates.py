"""Loads templates of assessments and reflections; see cx280/issued for what is kept of them."""

from __future__ import annotations

from cx280.accounts.models import Person
from cx280.capacity.models import TemplateVersion
from cx280.capacity.queries.templates import shipped
from cx280.capacity.rules.templates import read_template
from cx280.issued.actions import keep_template


def load_template(text: str, *, by: Person | None = None) -> TemplateVersion:
    """The template in a TOML text, kept from now on; loading the same again changes nothing.

    Raises Unusable when it is no template, Conflict when the version has another text already.
    """
    document = read_template(text)
    return keep_template(TemplateVersion, document, by=by, kind=document["kind"])


def load_shipped() -> None:
    """Makes sure that the templates that come with cx280 are there."""
    for text in shipped():
        load_template(text)
