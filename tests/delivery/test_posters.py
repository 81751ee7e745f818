"""Posters: one click an office; the code on the paper opens that office's survey."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import zxingcpp
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader
from weasyprint import HTML

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Level, Organization
from cx280.delivery.posters import poster_svg, posters_pdf
from cx280.delivery.rules.drawing import HEIGHT, WIDTH, drawing_of
from cx280.delivery.rules.posters import Poster, sides
from cx280.delivery.rules.short_addresses import read_short, short_name
from cx280.surveys.models import Survey
from cx280.surveys.rules.links import POSTERS_AT_ONCE
from cx280.surveys.rules.vocabulary import PosterSize
from tests.builders import a_person, a_service, a_survey, a_unit, a_version, an_agency
from tests.pages.tagged import lacks
from tests.responses.visits import an_open_survey

SignIn = Callable[[Person], Client]
POSTER = Poster(
    agency="Department of Lakes",
    office="Portland Service Center",
    service="Boat permits",
    address="https://cx.lakes.example.gov/s/boats/?unit=portland",
    short="cx.lakes.example.gov/q/7-52-8",
    languages=["en", "es"],
    control_number="1234-5678",
    expires_on=date(2029, 1, 31),
    minutes=2,
)
NUMBERS = st.integers(0, 999_999_999)
every_size = pytest.mark.parametrize("size", PosterSize)


def codes_on(pdf: bytes, folder: Path, *, dots: int = 72) -> list[list[str]]:
    """What a camera reads on each page, at so many dots an inch."""
    (folder / "poster.pdf").write_bytes(pdf)
    command = ["pdftoppm", "-r", str(dots), "-png", "poster.pdf", "page"]
    subprocess.run(command, cwd=folder, check=True)
    found = []
    for path in sorted(folder.glob("page*.png")):
        with Image.open(path) as picture:
            found.append([each.text for each in zxingcpp.read_barcodes(picture.convert("L"))])
    return found


def an_office(survey: Survey, name: str = "Portland") -> Organization:
    return a_unit(survey.service.owner, name=name)


def an_open_survey_of(owner: Organization) -> Survey:
    survey: Survey = a_version(a_survey(a_service(owner))).survey
    return survey


@every_size
def test_the_code_is_read_from_the_paper_even_from_afar(size: PosterSize, tmp_path: Path) -> None:
    found = codes_on(posters_pdf([POSTER], size, title="A poster"), tmp_path)

    copies = 2 if size is PosterSize.TENT else 1
    assert found == [[POSTER.address] * copies]


@pytest.mark.django_db
def test_in_one_click_an_office_has_its_poster_and_the_code_opens_its_survey(
    sign_in: SignIn, tmp_path: Path
) -> None:
    version = an_open_survey()
    office = an_office(version.survey)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, version.survey.service.owner))
    link = f"{reverse('delivery:posters', args=[version.survey.code, 'letter'])}?unit={office.code}"

    share = client.get(reverse("surveys:share", args=[version.survey.code])).content.decode()
    answer = client.get(link)

    assert f'href="{link}"' in share
    assert answer.headers["Content-Type"] == "application/pdf"
    [[read]] = codes_on(content_of(answer), tmp_path)
    assert read.startswith(settings.PUBLIC_ADDRESS)
    opened = Client().get(read.removeprefix(settings.PUBLIC_ADDRESS))
    assert opened.status_code == 200
    assert f"unit={office.code}" in opened.content.decode()


def content_of(answer: object) -> bytes:
    assert isinstance(answer, HttpResponse)
    return answer.content


@pytest.mark.proves("280.8-b9")
@every_size
def test_it_says_who_asks_where_for_how_long_and_by_what_number(size: PosterSize) -> None:
    words = " ".join(PdfReader(BytesIO(posters_pdf([POSTER], size, title="A"))).pages[0]
                     .extract_text().split())  # fmt: skip

    for said in ("Department of Lakes", "Portland Service Center", "How did it go today?",
                 "¿Cómo le fue hoy?", "Takes about 2 minutes.", "cx.lakes.example.gov/q/7-52-8",
                 "Voluntary and anonymous.", "1234-5678, expires January 31, 2029",
                 "1234-5678, vence el 31 de enero de 2029"):  # fmt: skip
        assert said in words


@every_size
def test_the_pdf_is_tagged_with_title_and_language_and_a_page_for_each_office(
    size: PosterSize,
) -> None:
    file = posters_pdf([POSTER] * 3, size, title="All offices: Boats")
    reader = PdfReader(BytesIO(file))

    assert lacks(file) == []
    assert len(reader.pages) == 3
    assert reader.metadata is not None
    assert reader.metadata.title == "All offices: Boats"
    assert str(reader.root_object["/Lang"]) == "en"


@pytest.mark.parametrize("size", [PosterSize.LETTER, PosterSize.TENT, PosterSize.STICKER])
def test_long_names_stay_on_one_page(size: PosterSize, tmp_path: Path) -> None:
    long = Poster(
        agency="Department of Rivers, Lakes and Trails",
        office="Northern Cascades Regional Visitor and Permit Center at Lake Wenatchee",
        service="Wilderness Camping Permits and Mooring Licenses",
        address="https://cx.example.gov/s/wilderness-camping-permits/?unit=northern-cascades",
        short="customer-experience.rivers-and-trails.example.gov/q/1007-15552-3",
        languages=["en", "es"],
        control_number="1234-5678",
        expires_on=date(2029, 9, 30),
        minutes=5,
        simulated=True,
    )

    pdf = posters_pdf([long], size, title="A poster")

    assert set(codes_on(pdf, tmp_path)[0]) == {long.address}
    words = PdfReader(BytesIO(pdf)).pages[0].extract_text()
    assert "Simulación: nada aquí es real" in " ".join(words.split())


@pytest.mark.parametrize(
    ("offered", "shown"),
    [
        (["en"], ["en"]),
        (["en", "es-MX"], ["en", "es"]),
        (["es"], ["es"]),
        (["vi"], ["vi"]),
        (["ar"], ["en"]),
    ],
)
def test_it_speaks_the_languages_of_the_survey(offered: list[str], shown: list[str]) -> None:
    poster = Poster("A", "B", "C", "https://a.gov/", "a.gov", offered)

    assert [each.language for each in sides(poster)] == shown
    assert sides(poster)[0].foot[1:] == ()  # no number where there is no clearance


def test_the_drawing_is_svg_that_a_camera_reads_with_every_line_on_the_paper(
    tmp_path: Path,
) -> None:
    drawing = poster_svg(POSTER)

    inside = base64.b64encode(drawing.encode()).decode()
    picture = f'<img alt="" src="data:image/svg+xml;base64,{inside}">'
    assert codes_on(HTML(string=picture).write_pdf(), tmp_path) == [[POSTER.address]]
    root = ElementTree.fromstring(drawing)  # noqa: S314 - our own
    texts = " ".join(each.text or "" for each in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Portland Service Center" in texts
    for line in drawing_of(POSTER):
        half = len(line.text) * line.height * 0.3
        assert half <= line.x <= WIDTH - half
        assert line.height < line.y < HEIGHT


@pytest.mark.django_db
def test_an_office_of_no_bureau_serves_them_all(sign_in: SignIn) -> None:
    agency = an_agency()
    bureau = a_unit(agency, Level.BUREAU)
    survey = an_open_survey_of(bureau)
    shared, other = a_unit(agency, name="Spokane"), a_unit(agency, Level.BUREAU)
    a_unit(other, name="Of another bureau")
    client = sign_in(a_person(Role.PROGRAM_MANAGER, bureau))

    share = client.get(reverse("surveys:share", args=[survey.code])).content.decode()
    answer = client.get(f"/q/{short_name(survey.pk, shared.pk)}/")

    assert "Spokane" in share
    assert "Of another bureau" not in share
    assert answer.headers["Location"] == f"/s/{survey.code}/?unit={shared.code}"


@pytest.mark.django_db
def test_more_offices_than_fit_a_file_come_in_parts(sign_in: SignIn) -> None:
    survey = an_open_survey().survey
    for number in range(POSTERS_AT_ONCE + 1):  # beside the owner itself
        an_office(survey, f"Office {number}")
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))
    address = reverse("delivery:posters", args=[survey.code, "letter"])

    share = client.get(reverse("surveys:share", args=[survey.code])).content.decode()
    last = PdfReader(BytesIO(content_of(client.get(f"{address}?part=2"))))

    assert f'href="{address}?part=2"' in share
    assert f"{address}?part=3" not in share
    assert len(last.pages) == 2


@pytest.mark.django_db
def test_an_office_elsewhere_and_a_size_unheard_of_have_no_poster(sign_in: SignIn) -> None:
    survey = an_open_survey().survey
    elsewhere = a_unit(an_open_survey().survey.service.owner)
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    for address in (
        f"{reverse('delivery:posters', args=[survey.code, 'letter'])}?unit={elsewhere.code}",
        f"{reverse('delivery:posters', args=[survey.code, 'letter'])}?part=2",
        reverse("delivery:posters", args=[survey.code, "postcard"]),
        f"{reverse('delivery:poster-drawing', args=[survey.code])}?unit=nowhere",
    ):
        assert client.get(address).status_code == 404


@pytest.mark.django_db
def test_the_short_address_leads_to_the_office_s_survey(client: Client) -> None:
    version = an_open_survey()
    office = an_office(version.survey)
    name = short_name(version.survey_id, office.pk)

    for address in (f"/q/{name}", f"/q/{name}/"):
        answer: Any = client.get(address, follow=True)
        assert answer.status_code == 200
        assert answer.redirect_chain[-1][0] == f"/s/{version.survey.code}/?unit={office.code}"


@pytest.mark.django_db
def test_a_slip_of_the_finger_leads_nowhere_and_says_so(client: Client) -> None:
    version = an_open_survey()
    elsewhere = a_unit(an_open_survey().survey.service.owner)
    right = short_name(version.survey_id, an_office(version.survey).pk)
    wrong = right[:-1] + str((int(right[-1]) + 1) % 10)

    for name in (wrong, short_name(version.survey_id, elsewhere.pk), short_name(999_999, 1), "7"):
        answer = client.get(f"/q/{name}/")
        assert answer.status_code == 404
        assert "There is no survey here" in answer.content.decode()


@given(NUMBERS, NUMBERS)
def test_a_short_name_is_read_back(survey: int, unit: int) -> None:
    assert read_short(short_name(survey, unit)) == (survey, unit)


@given(NUMBERS, NUMBERS, st.data())
def test_one_wrong_digit_or_two_swapped_are_always_found(
    survey: int, unit: int, data: st.DataObject
) -> None:
    right = short_name(survey, unit)
    place = data.draw(st.sampled_from([n for n, each in enumerate(right) if each != "-"]))
    digit = data.draw(st.sampled_from(sorted(set("0123456789") - {right[place]})))
    swapped = right[:place] + right[place : place + 2][::-1] + right[place + 2 :]

    assert read_short(right[:place] + digit + right[place + 1 :]) is None
    assert swapped == right or "-" in right[place : place + 2] or read_short(swapped) is None
