"""Services leave as files and come back, on pages and by command, or it says why not."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cx280.accounts.models import Person
from cx280.kernel.problem import Unusable
from cx280.services import queries
from cx280.services.commands import export_services, import_services
from cx280.services.models import Service
from tests.services.pages import SignIn, at, lead, service, text_of

__all__ = ["lead", "service"]  # fixtures

pytestmark = pytest.mark.django_db


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
