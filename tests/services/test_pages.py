"""The pages of a service: who reads and writes it, and what they say in words."""

import re
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from cx280.accounts.models import Justification, Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.circular.edition import edition
from cx280.services import queries
from cx280.services.models import Service
from tests.builders import a_person, a_service, a_unit, an_agency
from tests.services.pages import FACTS, SignIn, agency_of, at, lead, service, text_of

__all__ = ["lead", "service"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.mark.proves("280.4-g1")
def test_the_list_tells_completeness_and_leads_to_the_first_gap(
    sign_in: SignIn, lead: Person
) -> None:
    agency = agency_of(lead)
    a_service(a_unit(agency, "bureau", name="Waters"), name="Boats").tools.create(name="Log")
    broken = a_service(a_unit(agency, "bureau", name="Trails"), name="Passes", description="")

    page = text_of(sign_in(lead).get(reverse("services:list")))

    assert "1 of 2 services is told in full" in page
    assert "Trails has most left to tell" in page
    assert "80 % of 1 service" in page
    assert f"{at('edit', broken)}#id_description" in page


@pytest.mark.proves("280.4-g1", "280.2-a1")
def test_the_list_is_searched_and_filtered_by_customers_and_path(
    sign_in: SignIn, lead: Person
) -> None:
    agency = agency_of(lead)
    boats, grants = (
        a_service(agency, name="Boats"),
        a_service(agency, name="Grants", description="Money."),
    )
    boats.customers.create(customer_type="individual", interaction_path="direct")
    grants.customers.create(customer_type="organization", interaction_path="contractor")
    client = sign_in(lead)

    for query, shown, hidden in (
        ({"words": "BOAT"}, "Boats", "Grants"),
        ({"customers": "organization"}, "Grants", "Boats"),
        ({"path": "direct"}, "Boats", "Grants"),
    ):
        table = text_of(client.get(reverse("services:list"), query)).split("<tbody>")[-1]
        assert f">{shown}</a>" in table
        assert f">{hidden}</a>" not in table


def test_a_manager_lists_the_own_subtree_and_a_stranger_gets_nothing(
    sign_in: SignIn, service: Service
) -> None:
    bureau = a_unit(service.owner, "bureau")
    own = a_service(bureau, name="Harbor slips")
    client = sign_in(a_person(Role.PROGRAM_MANAGER, bureau))

    page = text_of(client.get(reverse("services:list")))

    assert own.name in page
    assert service.name not in page
    assert client.get(at("service", service)).status_code == 404
    assert client.post(at("edit", service), FACTS).status_code == 404


def test_the_empty_list_says_how_to_start(sign_in: SignIn) -> None:
    page = text_of(sign_in(a_person(Role.CX_LEAD, an_agency())).get(reverse("services:list")))

    assert "Add the first one, or bring a list in" in page


@pytest.mark.proves(
    "280.4-e2", "280.4-e3", "280.4-e4", "280.4-e5", "280.4-e6", "280.4-e7", "280.4-e8", "280.4-e9"
)
def test_every_service_type_shows_its_help_at_the_choice(sign_in: SignIn, lead: Person) -> None:
    page = text_of(sign_in(lead).get(reverse("services:new")))

    types = edition("FY2022").service_types
    assert len(types) == 7
    for each in types:
        choice = re.escape(each.name) + r'<span class="usa-radio__label-description">'
        assert re.search(choice, page.replace("&amp;", "&"))
        assert each.help.split("'")[0].split("’")[0] in page


@pytest.mark.proves("280.4-e2")
def test_other_needs_a_reason_at_the_form(sign_in: SignIn, service: Service, lead: Person) -> None:
    values = {**FACTS, "owner": service.owner.pk, "service_type": "other"}

    refused = sign_in(lead).post(at("edit", service), values)

    assert refused.status_code == 422
    assert "Say why none of the seven types fits." in text_of(refused)


@pytest.mark.proves("280.4-d1")
def test_a_service_is_not_entered_without_an_offering(sign_in: SignIn, lead: Person) -> None:
    agency = agency_of(lead)
    client = sign_in(lead)

    refused = client.post(reverse("services:new"), {**FACTS, "owner": agency.pk, "offering": ""})

    assert refused.status_code == 422
    assert "Permits for boats on Federal waters." in text_of(refused)
    assert not Service.objects.exists()


@pytest.mark.proves("280.4-d1")
def test_a_partner_may_stand_outside_the_agency(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    client = sign_in(lead)

    client.post(
        at("part", service, part="partners"), {"name": "State of Oregon", "contact": "Desk 4"}
    )

    assert service.partners.get().organization is None
    assert "State of Oregon" in text_of(client.get(at("service", service)))


def test_a_service_is_added_changed_and_retired_on_its_pages(sign_in: SignIn, lead: Person) -> None:
    agency = agency_of(lead)
    client = sign_in(lead)

    client.post(reverse("services:new"), {**FACTS, "owner": agency.pk})
    service = Service.objects.get()
    client.post(at("edit", service), {**FACTS, "owner": agency.pk, "occasion": "Buys a boat."})
    client.post(at("retire", service), {"on": "2022-01-03", "why": "Moved to the states."})

    service.refresh_from_db()
    assert (service.occasion, service.retired_on) == ("Buys a boat.", date(2022, 1, 3))
    client.post(at("return", service))
    service.refresh_from_db()
    assert service.retired_on is None
    assert [each.action for each in AuditEntry.objects.all()] == [
        "add_service", "change_service", "retire_service", "return_service",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "values", "shown"),
    [
        ("channels", {"channel": "phone"}, "Phone"),
        ("roles", {"task": "Answers calls", "performer": "contractor"}, "Answers calls"),
        ("tools", {"name": "Text messages"}, "Text messages"),
        ("customers", {"customer_type": "business", "interaction_path": "direct"}, "Businesses"),
        ("volumes", {"fiscal_year": 2021, "customers": 12000, "source": "Report"}, "12,000"),
        ("partners", {"name": "State", "contact": "Desk"}, "State"),
    ],
)
def test_each_part_is_added_shown_and_removed(
    sign_in: SignIn, service: Service, lead: Person, part: str, values: dict[str, Any], shown: str
) -> None:
    client = sign_in(lead)
    address = at("part", service, part=part)

    assert client.post(address, values).status_code == 302
    assert shown in text_of(client.get(address))
    row = getattr(service, part).last()
    client.post(at("remove-part", service, part=part, pk=row.pk))

    assert not getattr(service, part).filter(pk=row.pk).exists()
    assert client.post(address, {"csrfmiddlewaretoken": "any"}).status_code == 422


@pytest.mark.proves("280.6-b1")
def test_the_page_refuses_to_retire_the_last_traditional_channel(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    counter = service.channels.get(channel="in_person")
    client = sign_in(lead)

    page = text_of(
        client.post(
            at("retire-channel", service, pk=counter.pk), {"last_day": "2022-01-03"}, follow=True
        )
    )

    assert "is the last traditional channel" in page
    counter.refresh_from_db()
    assert counter.until is None


def test_a_warning_is_explained_and_the_reason_stays_with_the_service(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    client = sign_in(lead)
    (warned,) = [each for each in queries.findings_of(service) if each.rule == "280.4-g7"]

    short = client.post(at("reason", service), {"finding": warned.key, "text": "No."})
    assert short.status_code == 422
    client.post(
        at("reason", service), {"finding": warned.key, "text": "Everything is done on paper."}
    )

    assert Justification.objects.get().finding == warned.key
    assert "Everything is done on paper." in text_of(client.get(at("service", service)))


@pytest.mark.parametrize("role", [Role.ANALYST, Role.OMB_REVIEWER])
def test_whoever_only_reads_a_service_is_not_told_whom_to_ask_or_who_approved(
    sign_in: SignIn, service: Service, lead: Person, role: Role
) -> None:
    service.partners.create(name="State offices", contact="Maria Lopez")
    service.traditional_exemption, service.traditional_exemption_by = "Online only.", "Ana Diaz"
    service.save()
    reader = a_person(role, None if role is Role.OMB_REVIEWER else service.owner)
    places = [
        reverse("services:export-csv"),
        reverse("services:export-json"),
        reverse("services:service", args=[service.code]),
    ]

    for place in places:
        own, read = text_of(sign_in(lead).get(place)), text_of(sign_in(reader).get(place))

        assert "Maria Lopez" in own
        assert "Ana Diaz" in own
        assert "State offices" in read
        assert "Maria Lopez" not in read
        assert "Ana Diaz" not in read
