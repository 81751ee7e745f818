"""The commands that move responses in and out, as a shell sees them."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from cx280.kernel.problem import NotFound, Unusable
from cx280.responses.commands import export_responses, import_responses
from cx280.responses.models import Response
from tests.builders import a_response
from tests.responses.visits import an_open_survey

pytestmark = pytest.mark.django_db

MAP = 'external_id = "id"\nday = "day"\n[answers]\ntrust = "q1"\n[comments]\ncomment = "words"\n'


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    file, plan = tmp_path / "old.csv", tmp_path / "map.toml"
    file.write_text("id,day,q1,words\na,2021-10-05,5,Kind\nb,2021-10-06,7,\n", encoding="utf-8")
    plan.write_text(MAP, encoding="utf-8")
    return file, plan


def test_an_import_prints_its_reconciliation(files: tuple[Path, Path]) -> None:
    code = an_open_survey().survey.code
    command = [str(files[0]), "--survey", code, "--map", str(files[1])]

    words = CliRunner().invoke(import_responses, command)
    again = CliRunner().invoke(import_responses, [*command, "--json"])

    assert words.exit_code == 0
    assert "2 rows: 1 accepted, 0 already here, 1 rejected." in words.output
    assert "1 × trust: not one of its answers" in words.output
    report = json.loads(again.output)
    assert (report["rows"], report["accepted"], report["duplicate"]) == (2, 0, 1)


def test_an_export_to_a_file_reads_back(tmp_path: Path) -> None:
    version = an_open_survey()
    a_response(version, answers={"trust": 5})
    target = tmp_path / "out.csv"

    done = CliRunner().invoke(
        export_responses, ["--survey", version.survey.code, "-o", str(target)]
    )

    assert done.exit_code == 0, done.output
    [row] = csv.DictReader(io.StringIO(target.read_text(encoding="utf-8")))
    assert (row["trust"], row["survey"]) == ("5", version.survey.code)


def test_an_export_without_a_file_goes_to_the_shell() -> None:
    version = an_open_survey()
    a_response(version, answers={"trust": 5})

    done = CliRunner().invoke(
        export_responses, ["--survey", version.survey.code, "--format", "touchpoints17"]
    )

    assert done.output.startswith("external_id,question_1,")


def test_what_was_exported_can_be_imported_elsewhere(tmp_path: Path) -> None:
    here, there = an_open_survey(), an_open_survey()
    for rating in (1, 5):
        a_response(here, answers={"trust": rating}, day="2021-10-05")
    file, plan = tmp_path / "out.csv", tmp_path / "map.json"
    CliRunner().invoke(export_responses, ["--survey", here.survey.code, "-o", str(file)])
    plan.write_text(
        json.dumps({"external_id": "response", "day": "day", "answers": {"trust": "trust"}})
    )

    done = CliRunner().invoke(
        import_responses, [str(file), "--survey", there.survey.code, "--map", str(plan)]
    )

    assert done.exit_code == 0, done.output
    moved = Response.objects.filter(version=there)
    assert sorted(each.answers["trust"] for each in moved) == [1, 5]


def test_an_unknown_survey_or_format_is_one_sentence() -> None:
    unknown = CliRunner().invoke(export_responses, ["--survey", "nothing"])
    parquet = CliRunner().invoke(
        export_responses, ["--survey", an_open_survey().survey.code, "--format", "parquet"]
    )

    assert isinstance(unknown.exception, NotFound)
    assert isinstance(parquet.exception, Unusable)
    assert parquet.exception.fix == "Say where: -o answers.parquet."


def redacted(lines: bytes) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cx280", "redact"]
    return subprocess.run(command, input=lines, capture_output=True, check=False)


def test_redact_reads_and_writes_json_lines_with_spans_of_the_original() -> None:
    said = ["Llámeme al 202-555-0143, soy José Muñoz 🙂", "Nothing here."]
    lines = "\n".join(json.dumps({"text": each, "id": 1}) for each in said) + "\n\n"

    done = redacted(lines.encode())

    first, second = (json.loads(each) for each in done.stdout.decode().splitlines())
    assert done.returncode == 0, done.stderr
    assert first["text"] == "Llámeme al [phone], soy [name] 🙂"
    assert [(said[0][s["start"] : s["end"]], s["kind"]) for s in first["spans"]] == [
        ("202-555-0143", "phone"),
        ("José Muñoz", "name"),
    ]
    assert second == {"text": "Nothing here.", "spans": []}


@pytest.mark.parametrize(
    "line",
    [
        b'{"text": "Maria 123-45-6789"',
        b'{"words": "Maria"}',
        b'{"text": 7}',
        b'{"text": "\xff Maria"}',
    ],
)
def test_redact_stops_at_a_bad_line_and_never_repeats_it(line: bytes) -> None:
    done = redacted(b'{"text": "fine"}\n' + line + b"\n")

    assert done.returncode == 2
    assert b"Line 2 is not JSON with a text." in done.stderr
    assert b"Maria" not in done.stderr + done.stdout


def test_redact_starts_without_django() -> None:
    code = "import sys, cx280.responses.commands; print('django.conf' in sys.modules)"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)

    assert done.stdout.strip() == b"False"
