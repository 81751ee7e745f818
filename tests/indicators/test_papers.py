"""The plan states targets, the report results; published ones stay; files read back whole."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import docx
import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.rules import Role
from cx280.indicators import access
from cx280.indicators.actions.publishing import publish_paper
from cx280.indicators.models import PerformanceDocument
from cx280.indicators.queries.papers import paper_of
from cx280.indicators.rules.content import COLUMNS, digest
from cx280.indicators.rules.vocabulary import Paper
from cx280.kernel.problem import Conflict, NotAllowed, NotFound, Unusable
from cx280.kernel.quarter import fiscal_year_of
from tests.builders import a_person
from tests.indicators.builders import SOMETIME, a_cost, a_wait, aims_at, an_indicator
from tests.reporting.quarters import Scene, a_scene, answered, released

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> Scene:
    """Three indicators in the plan and one outside; a released quarter of FY2022."""
    found = a_scene()
    answered(found)
    released(found)
    trust = an_indicator(found.service, found.lead)
    wait = a_wait(found.service, found.lead)
    cost = a_cost(found.service, found.lead, name="=Cost of a case")
    a_cost(found.service, found.lead, name="Secret", in_plan=False)
    for row, target in ((trust, 0.75), (wait, 5.0), (cost, 40.0)):
        aims_at(row, 2022, target, found.lead)
        aims_at(row, 2023, target, found.lead)
    aims_at(cost, 2022, 40.0, found.lead, actual=43.0, actual_source="Ledger")
    return found


def published(scene: Scene, paper: Paper = Paper.REPORT, year: int = 2022) -> PerformanceDocument:
    return publish_paper(scene.agency, paper, year, by=scene.official, now=timezone.now())


def file(client: Client, scene: Scene, ending: str, paper: str = "report") -> bytes:
    found = client.get(f"/indicators/public/{scene.agency.code}/{paper}/2022/file.{ending}")
    assert found.status_code == 200
    return b"".join(found) if found.streaming else found.content


@pytest.mark.proves("280.12-a1")
def test_the_plan_states_targets_and_no_result(scene: Scene) -> None:
    content = paper_of(scene.agency, Paper.PLAN, 2023, SOMETIME)

    (trust, *_) = content["indicators"]
    assert [each["name"] for each in content["indicators"]] == [
        "Trust", "Average wait", "=Cost of a case",
    ]  # fmt: skip
    assert (trust["baseline"], trust["owner"]) == (0.7, "Permit office")
    assert [(each["fiscal_year"], each["target"], each["actual"]) for each in trust["years"]] == [
        (2023, 0.75, None)
    ]


@pytest.mark.proves("280.12-a1", "280.10-s2")
def test_the_report_states_results_against_targets(scene: Scene) -> None:
    content = paper_of(scene.agency, Paper.REPORT, 2022, SOMETIME)

    trust, wait, cost = (each["years"][-1] for each in content["indicators"])
    assert (trust["actual"], trust["n"], trust["origin"]) == (100 / 127, 127, "drawn")
    assert trust["result"] == "At the target, not sure"
    assert (wait["actual"], wait["result"]) == (4.2, "Target met")
    assert (cost["actual"], cost["origin"], cost["how"]) == (43.0, "stated", "Ledger")


@pytest.mark.proves("280.12-a4", "INC-13", "INC-14")
def test_references_come_from_the_edition_and_are_read_right(scene: Scene) -> None:
    plan = paper_of(scene.agency, Paper.PLAN, 2023, SOMETIME)["references"]
    report = paper_of(scene.agency, Paper.REPORT, 2022, SOMETIME)["references"]

    assert [each["title"] for each in plan] == [
        "Section 210 of this Circular, on the Annual Performance Plan"
    ]
    assert "section 240" in plan[0]["note"]
    assert report[1]["reads_as"] == "280.12"


@pytest.mark.proves("280.9-b2")
def test_only_the_official_publishes_and_what_is_published_stays(scene: Scene) -> None:
    with pytest.raises(NotFound):
        access.published_document(scene.agency.code, "report", 2022)
    for person in (scene.lead, a_person(Role.OMB_REVIEWER)):
        with pytest.raises(NotAllowed):
            publish_paper(scene.agency, Paper.REPORT, 2022, by=person, now=timezone.now())

    first = published(scene)
    with pytest.raises(Conflict, match="Nothing has changed"):
        published(scene)
    row = scene.service.indicators.get(name="Trust")
    aims_at(row, 2022, 0.8, scene.lead)
    assert access.published_document(scene.agency.code, "report", 2022) == first
    second = published(scene)

    assert (first.number, second.number) == (1, 2)
    assert first.content["indicators"][0]["years"][-1]["target"] == 0.75
    assert second.digest == digest(second.content)
    assert "Secret" not in json.dumps(second.content)
    assert scene.lead.email not in json.dumps(second.content)


def test_an_empty_plan_is_not_published() -> None:
    empty = a_scene()

    with pytest.raises(Unusable, match="nothing to publish"):
        published(empty)


def test_a_report_of_a_year_that_is_not_over_is_not_published(scene: Scene) -> None:
    with pytest.raises(Unusable, match="is not over"):
        published(scene, year=fiscal_year_of(timezone.localdate()))


@pytest.mark.proves("280.12-a1", "280.10-s2")
def test_every_file_reads_back_the_same(scene: Scene, client: Client) -> None:
    content = published(scene).content

    read: dict[str, Any] = json.loads(file(client, scene, "json"))
    rows = list(csv.reader(io.StringIO(file(client, scene, "csv").decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(file(client, scene, "xlsx")))
    word = docx.Document(io.BytesIO(file(client, scene, "docx")))

    assert read.pop("digest") == digest(content)
    assert read == content
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == 1 + 3 * 3
    actual, name = COLUMNS.index("actual"), COLUMNS.index("indicator")
    assert float(rows[3][actual]) == 100 / 127
    assert rows[9][name] == "'=Cost of a case"
    sheet = book["Indicators"]
    assert sheet.cell(4, actual + 1).value == pytest.approx(100 / 127)
    assert sheet.cell(10, name + 1).value == "=Cost of a case"
    assert sheet.cell(10, name + 1).data_type == "s"
    cells = [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    assert {"Trust", "78.7\N{NO-BREAK SPACE}%", "127", "43 dollars"} <= set(cells)
    assert client.get(
        f"/indicators/public/{scene.agency.code}/report/2022/file.exe"
    ).status_code == 404  # fmt: skip
    assert not client.cookies
