"""The pages of assessments, templates and registers, without a browser."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.capacity.actions.moving import reopen_assessment
from cx280.capacity.actions.writing import begin_assessment
from cx280.capacity.commands import import_template
from cx280.capacity.models import Assessment, Entry, TemplateVersion
from cx280.capacity.queries.templates import shipped
from cx280.capacity.rules.vocabulary import Register
from tests.builders import a_person, an_agency
from tests.capacity.builders import DAY, a_ready_assessment, a_submitted_assessment, an_entry
from tests.obligations.builders import Owing, a_provider_that_owes
from tests.pages.tagged import lacks

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.fixture
def owing() -> Owing:
    return a_provider_that_owes(DAY)


def words(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def file_of(client: Client, address: str) -> str:
    answer: Any = client.get(address)
    return b"".join(answer.streaming_content).decode("utf-8-sig")


def test_an_assessment_is_begun_and_answered_in_pieces(owing: Owing, sign_in: SignIn) -> None:
    client = sign_in(owing.lead)
    assert "There is no assessment yet" in words(client, reverse("capacity:list"))
    client.post(reverse("capacity:list"), {"subject": f"hisp:{owing.hisp.code}",
                                           "fiscal_year": 2023})  # fmt: skip
    found = Assessment.objects.get()
    page = reverse("capacity:part", args=[found.pk, "measurement"])

    refused = client.post(page, {"measures-words": "We ask.", "telling-level": "2"})
    assert refused.status_code == 422
    assert "Choose a level" in refused.content.decode()
    assert [each.code for each in found.answers.all()] == ["telling"]
    kept = client.post(
        page,
        {"measures-level": "1", "measures-words": "We ask.", "measures-shown": "The survey",
         "measures-kind": "survey", "telling-level": "2", "telling-seen": "1",
         "using-level": "not_evidenced", "measurement-words": "We begin.", "then": "next"},
    )  # fmt: skip

    assert kept.headers["Location"] == reverse("capacity:part", args=[found.pk, "governance"])
    assert found.answers.count() == 4
    whole = words(client, reverse("capacity:assessment", args=[found.pk]))
    assert "4 of 5 answered" in whole
    assert "has a level and nothing that shows it" in whole
    assert "Made by this project" in whole
    assert ">Sign<" not in whole


def test_somebody_else_s_words_are_shown_before_they_are_written_over(
    owing: Owing, sign_in: SignIn
) -> None:
    client = sign_in(owing.lead)
    found = begin_assessment(owing.hisp, fiscal_year=2023, by=owing.lead)
    page = reverse("capacity:part", args=[found.pk, "culture"])
    client.post(page, {"culture-words": "Mine."})

    refused = client.post(page, {"culture-words": "Yours.", "culture-seen": "0"})

    assert refused.status_code == 422
    assert "changed this while you had it open" in refused.content.decode()
    assert 'name="culture-seen" value="1"' in refused.content.decode()
    assert found.answers.get().words == "Mine."


@pytest.mark.proves("280.14-d1")
def test_omb_reads_what_was_handed_over_and_no_draft(owing: Owing, sign_in: SignIn) -> None:
    draft = a_ready_assessment(owing, 2022)
    sent = a_submitted_assessment(owing, 2023)
    client = sign_in(a_person(Role.OMB_REVIEWER))

    listed = words(client, reverse("capacity:list"))

    assert f"/capacity/{sent.pk}/" in listed
    assert f"/capacity/{draft.pk}/" not in listed
    assert client.get(reverse("capacity:document", args=[draft.pk])).status_code == 404
    assert client.get(reverse("capacity:part", args=[sent.pk, "culture"])).status_code == 404
    assert "Where each function stands" in words(
        client, reverse("capacity:document", args=[sent.pk])
    )
    reopen_assessment(sent, because="A figure was wrong.", by=owing.lead)
    sent.answers.update(words="Changed meanwhile.")
    assert "Changed meanwhile." not in words(client, reverse("capacity:document", args=[sent.pk]))
    assert client.get("/api/v1/assessments").json()["items"][0]["fiscal_year"] == 2023


def test_agency_a_never_sees_b_s(owing: Owing, sign_in: SignIn) -> None:
    found = a_submitted_assessment(owing, 2023)
    line = Entry.objects.get()
    client = sign_in(a_person(Role.CX_LEAD, an_agency()))

    for name in ("assessment", "document", "pdf", "json", "csv"):
        assert client.get(reverse(f"capacity:{name}", args=[found.pk])).status_code == 404
    assert client.get(reverse("capacity:part", args=[found.pk, "culture"])).status_code == 404
    withdrawn = client.post(reverse("capacity:withdraw", args=["initiative", line.pk]))
    assert withdrawn.status_code == 404
    page = words(client, reverse("capacity:register", args=["initiative"]) + "?year=2023")
    assert "Name a lead in each office" not in page
    assert client.get("/api/v1/assessments").json()["count"] == 0
    assert client.get("/api/v1/registers/initiative").json()["count"] == 0
    assert client.get(f"/api/v1/assessments/{found.pk}").status_code == 404


@pytest.mark.proves("INC-16")
def test_every_page_and_file_says_whose_model_it_is(owing: Owing, sign_in: SignIn) -> None:
    found = a_submitted_assessment(owing, 2023)
    client = sign_in(owing.lead)
    places = [
        reverse("capacity:assessment", args=[found.pk]),
        reverse("capacity:part", args=[found.pk, "data"]),
        reverse("capacity:document", args=[found.pk]),
        reverse("capacity:template", args=["cx280-capacity", 1]),
        reverse("capacity:json", args=[found.pk]),
    ]

    for place in places:
        assert "names a maturity model that it does not contain" in words(client, place), place
    rows = file_of(client, reverse("capacity:csv", args=[found.pk]))
    lines = list(csv.DictReader(io.StringIO(rows)))
    assert {each["notice"][:20] for each in lines} == {"Made by this project"}
    made = client.get(reverse("capacity:pdf", args=[found.pk])).content
    assert lacks(made) == []
    pdf = PdfReader(io.BytesIO(made))
    assert str(pdf.root_object["/Lang"]) == "en"
    assert "does not contain" in "".join(each.extract_text() for each in pdf.pages)


@pytest.mark.proves("280.9-f4", "280.9-c2")
def test_registers_take_lines_add_up_and_export(owing: Owing, sign_in: SignIn) -> None:
    client = sign_in(owing.lead)
    page = reverse("capacity:register", args=["staff"])

    refused = client.post(page, {"organization": owing.agency.pk, "fiscal_year": 2023})
    assert refused.status_code == 422
    client.post(page, {"organization": owing.agency.pk, "fiscal_year": 2023, "what": "=CX team",
                       "amount": "4.5"})  # fmt: skip
    an_entry(owing, Register.LESSON, 2023, what="Texts help", words="Fewer call.", shared=True)

    assert "In all: 4" in words(client, page + "?year=2023")
    file = file_of(client, reverse("capacity:register-file", args=["staff"]) + "?year=2023")
    assert "'=CX team" in file
    lessons = client.get(reverse("capacity:lessons") + "?year=2023").json()
    assert lessons["lessons"][0]["learned"] == "Texts help"
    assert client.get("/api/v1/registers/staff").json()["items"][0]["amount"] == "4.50"
    assert client.get(reverse("capacity:register", args=["nothing"])).status_code == 404
    for each in Register:
        assert client.get(reverse("capacity:register", args=[each.value])).status_code == 200


@pytest.mark.proves("280.17-g1")
def test_omb_loads_a_template_on_the_page_and_nobody_else_does() -> None:
    text = next(each for each in shipped() if 'code = "cx280-reflection"' in each)
    following = text.replace("version = 1", "version = 2").encode()
    client, address = Client(), reverse("capacity:templates")

    client.force_login(a_person(Role.CX_LEAD, an_agency()))
    refused = client.post(address, {"file": SimpleUploadedFile("b.toml", following)})
    client.force_login(a_person(Role.OMB_REVIEWER))
    taken = client.post(address, {"file": SimpleUploadedFile("b.toml", following)})

    assert (refused.status_code, taken.status_code) == (403, 302)
    assert TemplateVersion.objects.filter(version=2).count() == 1


@pytest.mark.proves("280.9-fn4", "280.17-g1")
def test_a_template_is_loaded_on_the_command_line(tmp_path: Path) -> None:
    text = next(each for each in shipped() if 'code = "cx280-reflection"' in each)
    file = tmp_path / "next.toml"
    file.write_text(text.replace("version = 1", "version = 2"), encoding="utf-8")

    said = CliRunner().invoke(import_template, [str(file)])
    again = CliRunner().invoke(import_template, [str(file), "--json"])

    assert "cx280-reflection, version 2: Yearly reflection on CX maturity" in said.output
    assert '"version": 2' in again.output
    assert TemplateVersion.objects.count() == 1
