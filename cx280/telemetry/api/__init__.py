"""/api/v1/services/{code}/sites, /plan and /flows: telemetry's record, for programs."""

from ninja import Router

from cx280.telemetry.api.flows import router as flows
from cx280.telemetry.api.plan import router as plan
from cx280.telemetry.api.sites import router as sites

router = Router(tags=["telemetry"])
for each in (sites, plan, flows):
    router.add_router("", each)

__all__ = ["router"]
