"""A journey as it is drawn: its steps with owners in words."""

from __future__ import annotations

from cx280.agencies.models import Organization
from cx280.journeys.documents.lanes import Drawn, drawn
from cx280.journeys.rules.record import MapRecord
from cx280.services.models import Journey


def drawn_steps(journey: Journey, record: MapRecord) -> list[Drawn]:
    """The steps of the record; who owns each stands in words, other agencies apart."""
    codes = {each.owner for each in record.steps if each.owner}
    units = {each.code: each for each in Organization.objects.filter(code__in=codes)}
    home = journey.service.owner.path.split("/")[1]
    owners, elsewhere = [], []
    for step in record.steps:
        unit = units.get(step.owner)
        away = unit is not None and unit.path.split("/")[1] != home
        name = unit.name if unit else step.owner
        owners.append(f"{name}: {step.service}" if name and step.service else name)
        elsewhere.append(away)
    return drawn(record, owners, elsewhere)
