"""The pages of services: who reads and writes, and what they say in words."""

import csv
import hashlib
import io
import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from cx280.accounts.models import Justification, Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.audit.models import AuditEntry
from cx280.circular.edition import edition
from cx280.kernel.problem import Unusable
from cx280.services import actions, queries
from cx280.services.commands import export_services, import_services
from cx280.services.models import Hisp, Service
from tests.builders import (
    a_designation,
    a_hisp,
    a_person,
    a_service,
    a_unit,
    an_agency,
)

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
FACTS = {
    "name": "Boat permits",
    "description": "Permits for boats on Federal waters.",
    "offering": "A permit for one season.",
}


def text_of(response: Any) -> str:  # noqa: ANN401
    """The page's words and tags with single spaces."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return " ".join(body.decode().split())


def agency_of(person: Person) -> Organization:
    """The agency of the person's one role."""
    organization = person.assignments.get().organization
    assert organization is not None
    return organization


def at(name: str, service: Service, **more: object) -> str:
    return reverse(f"services:{name}", kwargs={"code": service.code, **more})


@pytest.fixture
def lead() -> Person:
    return a_person(Role.CX_LEAD, an_agency(name="Department of Rivers"))


@pytest.fixture
def service(lead: Person) -> Service:
    agency = agency_of(lead)
    return a_service(agency, name="Boat permits")


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


@pytest.mark.proves("280.4-g1")
def test_csv_and_json_are_downloaded_and_brought_back(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    client = sign_in(lead)
    before = queries.record_of(service)

    table = b"".join(client.get(reverse("services:export-csv")).streaming_content)  # type: ignore[attr-defined]
    document = client.get(reverse("services:export-json")).content
    assert next(csv.reader(io.StringIO(table.decode())))[:3] == ["code", "name", "unit"]
    for name, content in (("services.csv", table), ("services.json", document)):
        Service.objects.all().delete()
        page = text_of(
            client.post(reverse("services:import"), {"file": SimpleUploadedFile(name, content)})
        )
        assert "1 of 1 rows are stored" in page
        assert queries.record_of(Service.objects.get()) == before


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


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "not UTF-8 text"),
        (b"name\nBoats\n", "lacks the column"),
        (b"{broken", "not JSON"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    sign_in: SignIn, lead: Person, content: bytes, says: str
) -> None:
    response = sign_in(lead).post(
        reverse("services:import"), {"file": SimpleUploadedFile("services.csv", content)}
    )

    assert response.status_code == 422
    assert says in text_of(response)


@pytest.mark.proves("280.4-g8")
def test_a_worksheet_is_downloaded_changed_and_brought_back(
    sign_in: SignIn, service: Service, lead: Person
) -> None:
    client = sign_in(lead)
    sheet = client.get(at("worksheet-text", service)).content.decode()
    page = client.get(at("worksheet", service)).content.decode()

    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert headings == ["Occasion", "Offering", "Channels", "Roles", "Tools"]
    changed = sheet.replace("Somebody bought a boat", "Somebody inherited a boat").encode()
    client.post(at("worksheet", service), {"file": SimpleUploadedFile("w.txt", changed)})
    service.refresh_from_db()
    assert service.occasion.startswith("Somebody inherited a boat")
    refused = client.post(
        at("worksheet", service), {"file": SimpleUploadedFile("w.txt", b"# nothing")}
    )
    assert refused.status_code == 422


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


def test_the_command_line_exports_and_imports_and_tells_what_became_of_rows(
    service: Service, tmp_path: Path
) -> None:
    before = queries.record_of(service)
    for name in ("services.csv", "services.json"):
        file = tmp_path / name
        written = CliRunner().invoke(export_services, ["-o", str(file)], standalone_mode=False)
        assert written.exception is None
        assert "1 services written" in written.output
        Service.objects.all().delete()
        read = CliRunner().invoke(import_services, [str(file), "--json"], standalone_mode=False)
        done = json.loads(read.output)
        assert (done["rows"], done["accepted"], done["rejected"]) == (1, 1, [])
        assert read.return_value == 0
        assert queries.record_of(Service.objects.get()) == before


def test_the_command_line_leaves_with_one_when_a_row_is_rejected(tmp_path: Path) -> None:
    file = tmp_path / "services.csv"
    file.write_text("code,name,unit\nboats,Boats,nowhere\n", encoding="utf-8")

    done = CliRunner().invoke(import_services, [str(file)], standalone_mode=False)

    assert done.return_value == 1
    assert "row 1: boats: There is no unit with the code “nowhere”." in done.output


def test_the_command_line_refuses_what_it_cannot_read(tmp_path: Path) -> None:
    done = CliRunner().invoke(
        import_services, [str(tmp_path / "missing.csv")], standalone_mode=False
    )

    assert isinstance(done.exception, Unusable)
