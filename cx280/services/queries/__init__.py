"""Reads services: the facts checks want, inventories, providers, records for files."""

from cx280.services.queries.facts import (
    facts_of,
    facts_of_many,
    findings_of,
    has_human_role,
    hisp_of,
    terms,
    unit_names,
)
from cx280.services.queries.inventory import (
    BureauLine,
    InventoryLine,
    active_services,
    by_bureau,
    certified_codes,
    channel_figures,
    cycles_of,
    inventory,
    is_intact,
    taken_codes,
)
from cx280.services.queries.providers import (
    designated_facts,
    designated_services,
    designation_findings,
    designation_standing_of,
    designations_of,
    hisp_periods,
    hisps_on,
    name_of,
)
from cx280.services.queries.records import record_of, records_of

__all__ = [
    "BureauLine",
    "InventoryLine",
    "active_services",
    "by_bureau",
    "certified_codes",
    "channel_figures",
    "cycles_of",
    "designated_facts",
    "designated_services",
    "designation_findings",
    "designation_standing_of",
    "designations_of",
    "facts_of",
    "facts_of_many",
    "findings_of",
    "has_human_role",
    "hisp_of",
    "hisp_periods",
    "hisps_on",
    "inventory",
    "is_intact",
    "name_of",
    "record_of",
    "records_of",
    "taken_codes",
    "terms",
    "unit_names",
]
