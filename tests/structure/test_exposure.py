"""Every stored field says whom it may be shown to; exports, logs and demo data derive from it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

EXPOSURES = {"public", "internal", "personal"}
OURS = [model for model in apps.get_models() if model.__module__.startswith("cx280.")]

every_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model._meta.label)


def exposure_of(model: type[models.Model]) -> dict[str, str]:
    found: dict[str, str] = getattr(model, "exposure", {})
    return found


def stored_fields(model: type[models.Model]) -> set[str]:
    """Everything the table keeps, but for a number that the database gives by itself."""
    fields = [*model._meta.local_concrete_fields, *model._meta.local_many_to_many]
    return {each.name for each in fields if not getattr(each, "auto_created", False)}


def test_there_are_models_to_ask() -> None:
    assert len(OURS) > 20


@every_model
def test_every_field_declares_its_exposure_and_nothing_else_does(
    model: type[models.Model],
) -> None:
    assert set(exposure_of(model)) == stored_fields(model)


@every_model
def test_an_exposure_is_public_internal_or_personal(model: type[models.Model]) -> None:
    assert set(exposure_of(model).values()) <= EXPOSURES


@every_model
def test_addresses_passwords_and_people_are_personal(model: type[models.Model]) -> None:
    exposure = exposure_of(model)
    told = [
        each.name
        for each in model._meta.local_concrete_fields
        if isinstance(each, models.EmailField)
        or each.name == "password"
        or (each.related_model and each.related_model._meta.label == "accounts.Person")
    ]

    assert [name for name in told if exposure[name] != "personal"] == []
