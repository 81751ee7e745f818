"""The pages of what a year asks for: certifying the inventory, and the list of providers."""

import hashlib
from datetime import date

import pytest
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.services import actions
from cx280.services.models import Hisp, Service
from tests.builders import a_designation, a_hisp, a_person, a_unit, an_agency
from tests.services.pages import FACTS, SignIn, at, lead, service, text_of

__all__ = ["lead", "service"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.mark.proves("280.5-a1")
def test_a_year_is_opened_reviewed_refused_corrected_and_certified_on_its_page(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    actions.save_service(service, by=None, values={"description": ""})
    client = sign_in(lead)
    client.post(reverse("services:open-cycle"), {"agency": service.owner.pk, "fiscal_year": "2022"})
    cycle = service.owner.cycles.get()
    here = reverse("services:cycle", args=[cycle.pk])
    client.post(reverse("services:review-cycle", args=[cycle.pk]))

    page = text_of(client.get(here))
    assert "1 of 1 services keeps FY2022 from being certified" in page
    assert f"{at('edit', service)}#id_description" in page
    assert "Certify this service" not in page
    refused = client.post(reverse("services:certify", args=[cycle.pk]), follow=True)
    assert "1 of 1 services have errors" in text_of(refused)

    actions.save_service(service, by=None, values={"description": FACTS["description"]})
    page = text_of(client.post(reverse("services:certify", args=[cycle.pk]), follow=True))
    cycle.refresh_from_db()
    assert "1 service certified for FY2022" in page
    assert cycle.digest in page
    assert "unchanged" in page
    file = client.get(reverse("services:certified-json", args=[cycle.pk])).content
    assert hashlib.sha256(file).hexdigest() == cycle.digest


def test_a_manager_reads_the_certificate_and_certifies_nothing(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    cycle = actions.open_cycle(service.owner, fiscal_year=2022, by=lead)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, a_unit(service.owner, "bureau")))

    assert client.get(reverse("services:cycle", args=[cycle.pk])).status_code == 200
    for name in ("review-cycle", "return-cycle", "certify"):
        assert client.post(reverse(f"services:{name}", args=[cycle.pk])).status_code == 403


@pytest.mark.proves("280.13-a1", "280.13-a2", "280.13-a3")
def test_a_list_is_shown_before_it_takes_effect(sign_in: SignIn) -> None:
    unit = an_agency()
    a_hisp(unit, code="trails", name="Trails", designated_on=date(2019, 1, 1))
    client = sign_in(a_person(Role.OMB_REVIEWER))
    values = {
        "text": f"code,name,organization\nboats,Boat Office,{unit.code}\n",
        "effective_on": "2022-01-01",
        "retrieved_on": "2022-01-03",
        "source_url": "https://www.performance.gov/hisps",
    }

    shown = text_of(client.post(reverse("services:import-hisps"), values))
    assert "This list adds 1, ends 1 and renames 0" in shown
    assert Hisp.objects.get().ended_on is None
    client.post(reverse("services:import-hisps"), {**values, "confirm": "1"})

    before = text_of(client.get(reverse("services:hisps"), {"on": "2021-12-31"}))
    after = text_of(client.get(reverse("services:hisps"), {"on": "2022-01-01"}))
    assert ">Trails</a>" in before
    assert ">Boat Office</a>" not in before
    assert ">Boat Office</a>" in after
    assert ">Trails</a>" not in after
    assert "Source: https://www.performance.gov/hisps" in after
    assert "Monday, January 3, 2022" in after


def test_only_omb_reads_in_a_list(sign_in: SignIn, lead: Person) -> None:
    assert sign_in(lead).get(reverse("services:import-hisps")).status_code == 403


@pytest.mark.proves("280.16-b1")
@pytest.mark.parametrize(("target", "status"), [("FY2023 Q1", 302), ("FY2023 Q2", 422)])
def test_a_provider_without_capacity_targets_the_first_quarter_of_2023_at_the_latest(
    sign_in: SignIn, service: Service, lead: Person, target: str, status: int
) -> None:
    hisp = a_hisp(service.owner)

    response = sign_in(lead).post(
        reverse("services:edit-hisp", args=[hisp.code]), {"target_quarter": target}
    )

    assert response.status_code == status
    hisp.refresh_from_db()
    assert hisp.target_quarter == (target if status == 302 else "")


def test_a_designation_ends_with_a_reason(sign_in: SignIn, service: Service, lead: Person) -> None:
    designation = a_designation(a_hisp(service.owner), service)
    client = sign_in(lead)
    address = reverse("services:end-designation", args=[designation.pk])

    assert "Say why" in text_of(client.post(address, {"why": ""}, follow=True))
    client.post(address, {"why": "Another service."})

    designation.refresh_from_db()
    assert designation.ended_on is not None
