"""The files of a quarter: tagged PDF, workbook, templates, JSON; all from the same content."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from pypdf import PdfReader

from cx280.accounts.models import Person
from cx280.reporting.documents import report_html, report_pdf, template_lines, workbook
from cx280.reporting.rules import operational_metrics
from cx280.reporting.rules.content import Content, Indicator, Question, read_content
from cx280.reporting.rules.history.columns import COLUMNS_92
from cx280.reporting.rules.publishing import public_version
from cx280.reporting.rules.template import in_template_places
from tests.pages.tagged import lacks
from tests.reporting.contents import (
    TEXTS,
    a_content,
    a_question,
    a_survey_report,
    a_tapping_question,
    an_indicator,
    with_survey,
)
from tests.reporting.quarters import a_scene, answer, answered, released, sent, written

FIGURES = st.one_of(st.none(), st.floats(-1e12, 1e12))
WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
INDICATORS = st.builds(
    Indicator,
    name=WORDS,
    unit=WORDS,
    direction=st.sampled_from(["up", "down"]),
    target=FIGURES,
    value=FIGURES,
    numerator=FIGURES,
    denominator=FIGURES,
)


def rows_of(content: Content) -> list[dict[str, str]]:
    """The 92-column file read back."""
    return list(csv.DictReader(io.StringIO("".join(template_lines(content)))))


def test_the_report_draws_the_answers_and_the_pdf_names_each_drawing() -> None:
    content = a_content()

    page = report_html(content, standing="Draft")
    pdf = PdfReader(io.BytesIO(report_pdf(content, standing="Draft")))
    root: Any = pdf.trailer["/Root"]
    tags = tags_of(root["/StructTreeRoot"]["/K"])

    assert "cx-chart--middle" in page
    assert "The figures stand in the table below." in page
    named = [alternative for tag, alternative in tags if tag == "/Figure"]
    assert named == [f"How people answered {content.surveys[0].title}"]


def tags_of(place: Any) -> list[tuple[str, str | None]]:  # noqa: ANN401
    """Every tag of the structure tree with its alternative text."""
    here = place.get_object() if hasattr(place, "get_object") else place
    if isinstance(here, list):
        return [found for each in here for found in tags_of(each)]
    if not isinstance(here, dict):
        return []
    own = [(str(here["/S"]), here.get("/Alt"))] if "/S" in here else []
    return [*own, *tags_of(here.get("/K"))]


def test_the_pdf_is_tagged_and_has_language_and_title() -> None:
    file = report_pdf(a_content(), standing="Draft")
    pdf = PdfReader(io.BytesIO(file))

    assert lacks(file) == []
    assert str(pdf.root_object["/Lang"]) == "en"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Boat permit, FY2022 Q2: customer experience report"
    assert "This interaction increased my trust" in pdf.pages[0].extract_text()


def test_the_report_carries_caveats_and_escapes_what_people_wrote() -> None:
    content = a_content(reflection="<script>alert(1)</script>", caveats=["Read with care: few."])

    html = report_html(content, standing="Draft")

    assert "<script>" not in html
    assert "Read with care: few." in html


@pytest.mark.proves("INC-44")
def test_every_figure_is_printed_with_n_offered_rate_scale_wording_and_caveat() -> None:
    html = report_html(
        a_content(caveats=["Boat permit feedback: 20 % of those asked answered."]), standing="Draft"
    )

    for part in (
        "200 people answered of 1,000 asked: 20.0",
        "5 points, statement T1, the Circular&#x27;s wording",
        "between 63",
        "20 % of those asked answered.",
    ):
        assert part in html


@pytest.mark.proves("INC-44")
def test_a_survey_people_found_by_themselves_has_no_margin_of_error() -> None:
    question = a_question("trust", low=None, high=None)
    content = with_survey(
        questions=[question], self_selected=True, response_rate=None, response_rate_reason="None."
    )

    html = report_html(content, standing="Draft")

    assert "no margin of error: people chose to answer" in html
    assert "between" not in html


def test_the_workbook_starts_with_instructions_and_runs_no_formula() -> None:
    content = a_content(reflection='=HYPERLINK("http://example.com")')

    book = openpyxl.load_workbook(io.BytesIO(workbook(content)))

    assert book.sheetnames[0] == "Instructions"
    cells = {row[0].value: row[1] for row in book["Overview"].iter_rows()}
    assert cells["Reflection"].value == '=HYPERLINK("http://example.com")'
    assert cells["Reflection"].data_type == "s"
    header, *rows = [[cell.value for cell in row] for row in book["Questions"].iter_rows()]
    trust = dict(zip(header, next(row for row in rows if row[2] == "trust"), strict=True))
    assert [trust[str(point)] for point in range(1, 6)] == [10, 20, 30, 60, 80]
    assert trust["Mean"] == 3.9


@pytest.mark.proves("280.15-a2")
def test_the_template_holds_the_counts_of_trust_and_satisfaction() -> None:
    row = rows_of(a_content())[0]

    assert list(row) == list(COLUMNS_92)
    assert [row[f"q2_{point}"] for point in range(1, 6)] == ["10", "20", "30", "60", "80"]
    assert row["q1_text"].startswith("I am satisfied")
    assert (row["volume_of_respondents"], row["omb_control_number"]) == ("200", "1234-5678")
    assert row["volume_of_customers"] == "50000"


@pytest.mark.proves("280.15-a3", "INC-15")
def test_taps_are_exported_as_taps_and_never_fill_the_columns_of_a_scale() -> None:
    questions = [a_question("trust"), a_question("satisfaction"), a_tapping_question()]

    row = rows_of(with_survey(questions=questions))[0]

    assert [row[f"q{q}_{p}"] for q in range(3, 12) for p in range(1, 6)] == [""] * 45
    assert "Tapped, ease (high ratings): 12 of 140" in row["operational_metrics"]


def test_a_scale_the_template_cannot_hold_is_written_out_and_not_squeezed() -> None:
    points = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    ten = replace(a_question("trust"), scale="agree10", counts=points)

    row = rows_of(with_survey(questions=[ten]))[0]

    assert row["q2_1"] == ""
    assert "q2 counts, agree10, lowest first: 1 2 3 4 5 6 7 8 9 10" in row["operational_metrics"]


@pytest.mark.proves("280.15-a4")
@given(st.lists(INDICATORS, max_size=4))
def test_indicators_survive_the_free_text_of_the_template(indicators: list[Indicator]) -> None:
    text = operational_metrics.written(indicators)

    assert operational_metrics.read(f"Something else.\n{text}\nTapped, ease: 1 of 2") == indicators


@pytest.mark.proves("280.15-a4")
def test_an_indicator_reads_like_a_sentence() -> None:
    assert operational_metrics.written([an_indicator()]) == (
        '"Average wait": 4.2 "minutes", lower is better, target 5, from 42000 of 10000'
    )


@given(st.permutations([*TEXTS, "transparency"]))
def test_every_question_has_one_place_in_the_template(constructs: list[str]) -> None:
    def named(construct: str) -> Question:
        text = "equity" if construct == "transparency" else construct
        return replace(a_question(text), id=construct, construct=construct)

    survey = a_survey_report(questions=[named(each) for each in constructs])

    places = in_template_places(survey)

    assert sorted(place for place, _ in places) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert {question.construct for place, question in places if place < 6} == {
        "satisfaction", "trust", "effectiveness", "ease", "efficiency"
    }  # fmt: skip


def test_the_public_file_leaves_suppressed_counts_blank() -> None:
    content = public_version(with_survey(questions=[a_question("trust", [3, 5, 12, 60, 40])]), 10)

    row = rows_of(content)[0]

    assert [row[f"q2_{point}"] for point in range(1, 6)] == ["", "", "", "60", "40"]


@pytest.mark.django_db
def test_every_file_opens_for_the_agency_and_not_for_others(
    sign_in: Callable[[Person], Client],
) -> None:
    scene, other = a_scene(), a_scene("Trail pass")
    answered(scene)
    package = written(scene)

    for form in ("json", "xlsx", "report", "pdf", "columns92"):
        where = reverse("reporting:file", args=[package.pk, form])
        assert sign_in(scene.lead).get(where).status_code == 200
        assert sign_in(other.lead).get(where).status_code == 404
        assert sign_in(scene.reviewer).get(where).status_code == 404
    unknown = reverse("reporting:file", args=[package.pk, "docx"])
    assert sign_in(scene.lead).get(unknown).status_code == 404


@pytest.mark.django_db
def test_json_is_the_content_whole(sign_in: Callable[[Person], Client]) -> None:
    scene = a_scene()
    answered(scene)
    package = sent(scene)

    response = sign_in(scene.reviewer).get(reverse("reporting:file", args=[package.pk, "json"]))

    assert read_content(json.loads(response.content)).service.name == "Boat permit"


@pytest.mark.django_db
def test_the_17_columns_hold_the_quarters_answers_with_its_last_day(
    sign_in: Callable[[Person], Client],
) -> None:
    scene = a_scene()
    answer(scene, 1, on=date(2021, 12, 31))
    answer(scene, 2, on=date(2022, 1, 1))
    answer(scene, 3, on=date(2022, 3, 31))
    answer(scene, 4, on=date(2022, 4, 1))
    package = scene.package()
    where = reverse("reporting:responses", args=[package.pk, scene.survey.code])

    response: Any = sign_in(scene.lead).get(where)

    lines = response.getvalue().decode().strip().splitlines()
    assert len(lines[0].split(",")) == 17
    assert len(lines) == 1 + 5
    assert sign_in(scene.official).get(where).status_code == 403


@pytest.mark.django_db
def test_a_release_row_writes_itself_into_the_file_of_all_quarters() -> None:
    scene = a_scene()
    answered(scene)

    row = released(scene).rows.get()

    assert row.raw["service_name"] == "Boat permit"
    assert row.raw["q2_5"] == "40"


def test_a_content_without_surveys_is_still_a_report() -> None:
    empty = replace(a_content(), surveys=[])

    assert "No survey asked for this report." in report_html(empty, standing="Draft")
    assert rows_of(empty) == []
    assert workbook(empty)
