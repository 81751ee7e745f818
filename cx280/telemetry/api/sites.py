"""Sites over the API."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Path, Query, Router, Status

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code, Number, Slice, cut, page
from cx280.delivery.rules.marks import script_tag
from cx280.telemetry import access, models
from cx280.telemetry.actions import sites as actions
from cx280.telemetry.api import schemas
from cx280.telemetry.forms import SiteForm, cleaned, written
from cx280.telemetry.queries.sites import missing_of

router = Router()
SEE, EDIT = Capability.SEE_TELEMETRY, Capability.EDIT_TELEMETRY
_AS_KEPT = ("pk", "key", "enabled", *SiteForm.base_fields)


@router.get("/services/{code}/sites", response=schemas.Sites, auth=needs(SEE),
            operation_id="sites", summary="The sites of a service")  # fmt: skip
def sites(request: HttpRequest, code: Path[Code], part: Query[Slice]) -> dict[str, object]:
    """By name, each with what stands between it and being enabled."""
    person = asking_person(request)
    service = access.service_to_see(person, code)
    sees = access.may_edit(person, service)
    found = service.sites.all()
    items = [_told(each, sees_approver=sees) for each in cut(found, part)]
    return page(part, found.count(), items)


@router.post("/services/{code}/sites", response={201: schemas.Site}, auth=needs(EDIT),
             operation_id="add-site", summary="Add a site")  # fmt: skip
def add(request: HttpRequest, code: Path[Code], body: schemas.SiteToKeep) -> Status[dict[str, Any]]:
    """The site with its key; it collects nothing until it is enabled."""
    person = asking_person(request)
    service = access.service_to_edit(person, code)
    values = _values(body)
    on = timezone.localdate()
    return Status(201, _told(actions.save_site(None, service, by=person, on=on, values=values)))


@router.get("/services/{code}/sites/{pk}", response=schemas.Site, auth=needs(SEE),
            operation_id="site", summary="One site")  # fmt: skip
def site(request: HttpRequest, code: Path[Code], pk: Path[Number]) -> dict[str, Any]:
    """The site with its terms."""
    person = asking_person(request)
    service = access.service_to_see(person, code)
    return _told(access.site_of(service, pk), sees_approver=access.may_edit(person, service))


@router.put("/services/{code}/sites/{pk}", response=schemas.Site, auth=needs(EDIT),
            operation_id="save-site", summary="Change a site")  # fmt: skip
def change_it(
    request: HttpRequest, code: Path[Code], pk: Path[Number], body: schemas.SiteToKeep
) -> dict[str, Any]:
    """The site as saved. 409 when it runs and would lose what it needs to run."""
    person = asking_person(request)
    service = access.service_to_edit(person, code)
    found, values = access.site_of(service, pk), _values(body)
    on = timezone.localdate()
    return _told(actions.save_site(found, service, by=person, on=on, values=values))


@router.post("/services/{code}/sites/{pk}/enable", response=schemas.Site, auth=needs(EDIT),
             operation_id="enable-site", summary="Let a site collect")  # fmt: skip
def enable(request: HttpRequest, code: Path[Code], pk: Path[Number]) -> dict[str, Any]:
    """The site, collecting. 409 names what must be settled first."""
    person = asking_person(request)
    found = access.site_of(access.service_to_edit(person, code), pk)
    actions.enable_site(found, by=person, on=timezone.localdate())
    return _told(found)


@router.post("/services/{code}/sites/{pk}/disable", response=schemas.Site, auth=needs(EDIT),
             operation_id="disable-site", summary="Stop a site from collecting")  # fmt: skip
def disable(request: HttpRequest, code: Path[Code], pk: Path[Number]) -> dict[str, Any]:
    """The site; its events are refused from now on, what was collected stays."""
    person = asking_person(request)
    found = access.site_of(access.service_to_edit(person, code), pk)
    actions.disable_site(found, by=person)
    return _told(found)


def _values(body: schemas.SiteToKeep) -> dict[str, Any]:
    return cleaned(SiteForm(written(SiteForm, body.dict())))


def _told(site: models.Site, *, sees_approver: bool = True) -> dict[str, Any]:
    return {
        **{name: getattr(site, name) for name in _AS_KEPT},
        "service": site.service.code,
        "cio_approver": site.cio_approver if sees_approver else None,
        "script": script_tag(settings.PUBLIC_ADDRESS, site.key, site.queries),
        "missing": [each.as_dict() for each in missing_of(site, timezone.localdate())],
    }
