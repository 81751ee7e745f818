"""The agency, the provider and the service a reported row speaks of; made when they are new."""

from __future__ import annotations

from django.utils.text import slugify

from cx280.agencies.models import Level, Organization
from cx280.reporting.rules.history.row import Row
from cx280.services.models import Hisp, Service

Place = tuple[Hisp, Service]


class Places:
    """Finds or makes the places of rows; asks the record once for each."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], Place] = {}

    def of(self, row: Row) -> Place:
        """The provider and the service of a row."""
        agency_name = row.get("collection_organization_name") or "Agency not named"
        provider_name = row.get("service_provider_name") or agency_name
        service_name = row.get("service_name") or row.get("service_provided") or provider_name
        key = (agency_name.lower(), provider_name.lower(), service_name.lower())
        if key not in self._known:
            agency = _agency(agency_name, row.get("collection_organization_abbreviation"))
            hisp = _hisp(provider_name, agency, row.get("service_provider_desc"))
            self._known[key] = (hisp, _service(service_name, hisp, agency, row))
        return self._known[key]


def _agency(name: str, abbreviation: str) -> Organization:
    found = Organization.objects.filter(parent__isnull=True, name__iexact=name).first()
    if found is not None:
        return found
    code = _free_code(Organization, abbreviation or name, 60)
    agency = Organization.objects.create(
        level=Level.DEPARTMENT, code=code, name=name[:200], abbreviation=abbreviation[:20]
    )
    agency.path = f"/{agency.pk}/"
    agency.save(update_fields=["path"])
    return agency


def _hisp(name: str, agency: Organization, description: str) -> Hisp:
    found = Hisp.objects.filter(
        name__iexact=name, organization__path__startswith=agency.path
    ).first()
    if found is not None:
        return found
    return Hisp.objects.create(
        code=_free_code(Hisp, name, 60),
        name=name[:200],
        organization=agency,
        description=description,
    )


def _service(name: str, hisp: Hisp, agency: Organization, row: Row) -> Service:
    found = Service.objects.filter(hisp=hisp, name__iexact=name).first()
    if found is not None:
        return found
    taken = Service.objects.filter(owner=agency, name__iexact=name).exists()
    return Service.objects.create(
        owner=agency,
        hisp=hisp,
        code=_free_code(Service, row.get("service_slug") or f"{hisp.code}-{name}", 80),
        # Two providers of one agency may give a service one name.
        name=(f"{name} ({hisp.name})" if taken else name)[:200],
        description=row.get("service_desc"),
    )


def _free_code(
    model: type[Organization] | type[Hisp] | type[Service], words: str, most: int
) -> str:
    """A code made of the words that nobody has yet."""
    base = slugify(words)[: most - 4].strip("-") or "unnamed"
    code, n = base, 2
    while model.objects.filter(code=code).exists():
        code, n = f"{base}-{n}", n + 1
    return code
