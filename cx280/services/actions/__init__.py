"""Writes services: their facts and parts, journeys, inventories, providers, files."""

from cx280.services.actions.cycles import (
    certify_inventory,
    open_cycle,
    return_to_bureaus,
    start_review,
)
from cx280.services.actions.designations import (
    concur,
    end_designation,
    propose_designation,
    sign_designation,
)
from cx280.services.actions.files import Reconciliation, import_services, import_worksheet
from cx280.services.actions.parts import add_part, remove_part, retire_channel
from cx280.services.actions.providers import import_hisp_list, list_difference, save_hisp
from cx280.services.actions.services import retire_service, return_service, save_service

__all__ = [
    "Reconciliation",
    "add_part",
    "certify_inventory",
    "concur",
    "end_designation",
    "import_hisp_list",
    "import_services",
    "import_worksheet",
    "list_difference",
    "open_cycle",
    "propose_designation",
    "remove_part",
    "retire_channel",
    "retire_service",
    "return_service",
    "return_to_bureaus",
    "save_hisp",
    "save_service",
    "sign_designation",
    "start_review",
]
