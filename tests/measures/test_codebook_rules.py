"""The codebook: ready on the first day, edited in plain data, matched so that it says why."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import themes as bench
from cx280.kernel.problem import Unusable
from cx280.measures.rules.themes.codebook import (
    DRIVERS,
    Codebook,
    Theme,
    as_data,
    changes_between,
    cues_in,
    federal,
    read_codebook,
    with_retired,
    with_theme,
)
from cx280.measures.rules.themes.learning import learn, merged
from cx280.measures.rules.themes.matching import matcher_for
from cx280.stats.text.judging import agreement, scores_unseen

ALL = matcher_for(federal())


def a_theme(code: str = "boats", *cues: str, **fields: object) -> Theme:
    return Theme(
        **{
            "code": code,
            "name": code.title(),
            "definition": "About boats.",
            "cues": {"en": cues or ("boat*",), "es": ()},
            **fields,
        }  # type: ignore[arg-type]
    )


def test_the_federal_codebook_is_whole_in_both_languages_and_covers_every_driver() -> None:
    book = federal()

    assert {theme.driver for theme in book.themes} == set(DRIVERS)
    assert len({theme.code for theme in book.themes}) == len(book.themes)
    assert len({theme.name for theme in book.themes}) == len(book.themes)
    for theme in book.themes:
        assert theme.name
        assert theme.definition.endswith(".")
        for language in ("en", "es"):
            cues = theme.cues[language]
            assert len(cues) >= 5
            assert cues_in("\n".join(cues)) == cues  # each cue passes the check people's pass


@pytest.mark.parametrize(
    ("text", "theme", "words"),
    [
        ("I waited THREE HOURS.", "wait", ("waited", "hours")),
        ("Esperé con cita", "appointments", ("cita",)),
        ("The website threw me out", "website", ("website",)),
        ("No pude iniciar sesión", "sign-in", ("iniciar sesión",)),
        ("They sent back my form", "forms", ("form",)),
        ("Nobody told me the status", "status", ("status",)),
        ("The clerk was rude", "staff", ("clerk", "rude")),
        ("There was no interpreter", "language", ("interpreter",)),
        ("a wheelchair ramp", "access", ("wheelchair", "ramp")),
    ],
)
def test_a_comment_is_filed_and_the_words_say_why(
    text: str, theme: str, words: tuple[str, ...]
) -> None:
    assert ALL.themes_in(text)[theme] == words


def test_a_word_within_a_longer_cue_does_not_count_alone() -> None:
    found = ALL.themes_in("Easy, even on my phone")

    assert "website" in found
    assert "phone" not in found


def test_praise_counts_only_where_nothing_else_was_praised() -> None:
    assert list(ALL.themes_in("Excellent, thank you")) == ["praise"]
    assert list(ALL.themes_in("Excellent staff, thank you")) == ["staff"]


@given(st.text(max_size=300))
def test_every_word_that_told_stands_in_the_text(text: str) -> None:
    found = ALL.themes_in(text)

    lowered = text.casefold().replace("’", "'")
    for words in found.values():
        assert words
        for said in words:
            assert all(part == "#" or part in lowered for part in said.split())
    assert ALL.themes_in(text) == found


@given(st.lists(st.sampled_from(["boat*", "big ship", "café", "x-ray"]), unique=True))
def test_a_codebook_survives_the_record(cues: list[str]) -> None:
    book = with_theme(federal(), a_theme("boats", *cues_in(", ".join(cues))))

    assert read_codebook(msgspec.json.decode(msgspec.json.encode(as_data(book)))) == book
    assert read_codebook(as_data(book)).digest == book.digest


@pytest.mark.parametrize("cue", ["a*", "…", "wa*it", "x" * 61])
def test_cues_that_would_find_anything_or_nothing_are_refused(cue: str) -> None:
    with pytest.raises(Unusable) as problem:
        cues_in(cue)
    assert problem.value.field == "cues"


def test_cues_are_tidied() -> None:
    assert cues_in("  Wait* , in   line\nwait*\n\n") == ("wait*", "in line")


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "x" * 61},
        {"definition": ""},
        {"driver": "speed"},
        {"name": "waiting"},  # taken, whatever its case
    ],
)
def test_a_theme_that_nobody_could_read_is_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(Unusable):
        with_theme(federal(), a_theme("boats", **wrong))


def test_what_changed_is_told_and_a_digest_tells_codebooks_apart() -> None:
    book = federal()
    wait = book.theme("wait")
    assert wait is not None

    added = with_theme(book, a_theme())
    renamed = with_theme(added, msgspec.structs.replace(wait, name="Waiting around"))
    retired = with_retired(renamed, a_theme())

    assert changes_between(book, added) == ["added Boats"]
    assert changes_between(added, renamed) == ["renamed Waiting to Waiting around"]
    assert changes_between(renamed, retired) == ["retired Boats"]
    assert len({each.digest for each in (book, added, renamed, retired)}) == 4
    assert "boats" not in matcher_for(retired).themes_in("boat")
    assert matcher_for(added).themes_in("Boats!") == {"boats": ("boats",)}


def test_plain_data_that_is_no_codebook_is_refused() -> None:
    with pytest.raises(Unusable, match="not a codebook"):
        read_codebook({"themes": [{"name": "no code"}]})


def corrected(n: int) -> list[tuple[str, frozenset[str]]]:
    """Half about a ferry, which no cue knows, half about the weather."""
    ferry = ["the ferry left early", "ferry was full", "missed the ferry", "no ferry on sunday"]
    other = ["rain all day", "it was sunny", "cold and windy", "snow in june"]
    return [
        (
            f"{(ferry if at % 2 else other)[at // 2 % 4]} day{at}",
            frozenset({"boats"} if at % 2 else ()),
        )
        for at in range(n)
    ]


def test_nothing_is_learned_before_a_hundred_corrections() -> None:
    assert learn(corrected(99), [()] * 99, ["boats"]) == (None, [])


def test_a_theme_is_learned_where_it_beats_the_cues() -> None:
    labelled = corrected(120)

    learned, trials = learn(labelled, [()] * 120, ["boats", "never"])

    assert learned is not None
    assert [(trial.code, trial.used, trial.cues) for trial in trials] == [("boats", True, 0)]
    assert trials[0].learned > 0.9
    assert learned.guess(["the ferry did not come", "a windy day"]) == [
        frozenset({"boats"}), frozenset(),
    ]  # fmt: skip


def test_cues_that_are_right_stay() -> None:
    labelled = corrected(120)

    learned, trials = learn(labelled, [held for _, held in labelled], ["boats"])

    assert learned is None
    assert trials[0].cues == 1
    assert not trials[0].used


def test_a_learned_theme_replaces_its_cues_and_leaves_the_others() -> None:
    cues = {"wait": ("hours",), "boats": ("boat",)}

    assert merged(cues, frozenset(), ["boats"]) == {"wait": ("hours",)}
    assert merged(cues, frozenset({"boats"}), ["boats"]) == cues
    assert merged({}, frozenset({"boats"}), ["boats"]) == {"boats": ()}


def test_an_empty_codebook_finds_nothing() -> None:
    assert matcher_for(Codebook(())).themes_in("waited hours") == {}


@pytest.mark.realdata
def test_themes_reach_micro_f1_of_70_on_real_labels_and_beat_both_baselines(
    real_data: Path, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    rows = bench.comments(real_data / "comments")
    texts = [row["feedback"] for row in rows]
    names, truth = bench.flags([row["label"] for row in rows])

    found = agreement(truth, bench.only_best(scores_unseen(texts, truth))).f1

    assert found >= 0.70
    assert found > agreement(truth, bench.by_keywords(texts, names, truth)).f1
    assert found > agreement(truth, bench.majority(texts, truth)).f1
    assert (capsys.readouterr().out, caplog.text) == ("", "")
