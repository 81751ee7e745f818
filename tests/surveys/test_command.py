"""`cx280 check survey`: 0 when nothing stops, 1 when an error does, 2 with one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cx280.site.command_line import main
from tests.surveys.documents import ease, extra, minimal, trust, with_questions


def _run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setattr("sys.argv", ["cx280", "check", "survey", *words])
    with pytest.raises(SystemExit) as left:
        main()
    return int(left.value.code or 0)


def _file(folder: Path, document: dict[str, Any]) -> str:
    path = folder / "survey.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def test_a_survey_without_errors_leaves_with_nothing_stopped(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    fifteen = with_questions(*(extra(n) for n in range(11)))

    code = _run(monkeypatch, _file(tmp_path, fifteen), "--json")

    result = json.loads(capsys.readouterr().out)
    assert (code, result["ok"], result["questions"]) == (0, True, 15)
    assert set(result) == {"ok", "edition", "questions", "minutes", "findings"}
    assert result["minutes"] < 5


@pytest.mark.proves("280.10-g2")
def test_sixteen_questions_stop_it_at_the_sixteenth(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    sixteen = with_questions(*(extra(n) for n in range(12)))

    code = _run(monkeypatch, _file(tmp_path, sixteen), "--json")

    result = json.loads(capsys.readouterr().out)
    finding = result["findings"][0]
    assert (code, result["ok"]) == (1, False)
    assert list(finding) == ["rule", "severity", "where", "message", "fix"]
    assert (finding["rule"], finding["where"]) == ("280.10-g2", "questions[15]")


def test_what_omb_agreed_to_may_be_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    stars = minimal(trust(response="stars5"), *minimal()["questions"][1:])

    blocked = _run(monkeypatch, _file(tmp_path, stars))
    agreed = _run(monkeypatch, _file(tmp_path, stars), "--discussed", "trust_icons")

    assert (blocked, agreed) == (1, 0)
    assert "280.10-c5 questions[0]" in capsys.readouterr().out


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"title": "x"}', '{"title": "x", "questions": [], "z": 1}', "\x00"]
)
def test_unusable_input_is_one_line_on_the_error_stream(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str
) -> None:
    path = tmp_path / "survey.json"
    path.write_text(text, encoding="utf-8")

    code = _run(monkeypatch, str(path), "--json")

    printed = capsys.readouterr()
    assert (code, printed.out) == (2, "")
    assert printed.err.count("\n") == 1
    assert "Traceback" not in printed.err


def test_a_file_that_is_not_there_and_an_edition_that_is_not_known_are_said(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    missing = _run(monkeypatch, str(tmp_path / "none.json"))
    unknown = _run(monkeypatch, _file(tmp_path, minimal(ease(), edition="FY1999")))

    assert (missing, unknown) == (2, 2)
    said = capsys.readouterr().err
    assert "cannot be read" in said
    assert "no edition “FY1999”" in said
