"""Redaction measured: precision and recall by kind, false positives, comments a second.

`python -m benchmarks.redaction` prints the tables and writes docs/studies/redaction.md;
`--json` prints the figures alone. Real comments are only counted: their words are never printed.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmarks.comments.grammar import Marked, corpus, unseen_corpus
from benchmarks.comments.scoring import Score, Scores
from benchmarks.comments.study import redaction_page
from cx280.responses.rules.redaction import redact

STRUCTURED = (
    "phone", "email", "ssn", "itin", "card", "a-number", "receipt", "va-file", "passport",
    "licence", "birth-date", "account", "routing", "ip", "url",
)  # fmt: skip
SAMPLE, UNSEEN = 6000, 4000
PAGE = Path("docs/studies/redaction.md")
REAL = Path(os.environ.get("CX280_REAL_DATA", "../shared/data"))
_COMMENTS = {
    "health": ("nhs_phase1_text_data.csv", "feedback"),
    "city": ("austin_community_survey_comments_2016_2017.csv", "Comment"),
}
# What the shared sentences call a kind, and what we do. Towns, organizations, titles and web
# addresses without a query name nobody and are not looked for.
_THEIRS = {
    "PERSON": "name", "ADDRESS": "address", "PHONE_NUMBER": "phone", "EMAIL_ADDRESS": "email",
    "CREDIT_CARD": "card", "US_SSN": "ssn", "IP_ADDRESS": "ip", "US_DRIVER_LICENSE": "licence",
}  # fmt: skip


def main() -> None:
    """Measures everything that is there and prints it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.redaction")
    parser.add_argument("--json", action="store_true", help="print figures, write no page")
    redact("")  # reads the lexicon before the clock runs
    made, fresh = corpus(SAMPLE), unseen_corpus(UNSEEN)
    own, unseen = scores_of(made), scores_of(fresh)
    speed = comments_a_second([each.text for each in made])
    if parser.parse_args().json:
        print(json.dumps({"comments_a_second": speed, **_recalls(own)}))
        return
    page = redaction_page(
        own=own,
        unseen=unseen,
        planted_nothing=(clean_share(made), clean_share(fresh)),
        shared=shared_scores(),
        rates=real_rates(),
        speed=speed,
        sizes=(len(made), len(fresh)),
        structured=STRUCTURED,
    )
    print(page)
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page, encoding="utf-8")


def scores_of(made: Iterable[Marked]) -> Scores:
    """The score of each kind over made-up comments."""
    scores = Scores()
    for each in made:
        scores.add(each.spans, redact(each.text).spans)
    return scores


def clean_share(made: Sequence[Marked]) -> tuple[int, int]:
    """Of the comments with nothing personal in them: those with something taken out, and all."""
    nothing = [each for each in made if not each.spans]
    return sum(bool(redact(each.text).spans) for each in nothing), len(nothing)


def comments_a_second(texts: Sequence[str]) -> float:
    """How many of these comments one core takes in a second of its time."""
    before = time.process_time()
    for each in texts:
        redact(each)
    return len(texts) / (time.process_time() - before)


def shared_scores(folder: Path = REAL) -> dict[str, Score] | None:
    """Scores on the shared sentences; None where they are not on this machine.

    Their marks cut an address in pieces: a piece is found when all of it was taken out, under
    whatever kind. A mark whose offsets do not hold its own words is left out.
    """
    file = folder / "pii" / "generated_small.json"
    if not file.is_file():
        return None
    scores: dict[str, Score] = {}
    for sentence in json.loads(file.read_text(encoding="utf-8")):
        text, spans = sentence["full_text"], redact(sentence["full_text"]).spans
        marks = [
            (each["start_position"], each["end_position"], each["entity_type"])
            for each in sentence["spans"]
            if text[each["start_position"] : each["end_position"]] == each["entity_value"]
        ]
        _add_shared(scores, marks, spans)
    return scores


def _add_shared(
    scores: dict[str, Score],
    marks: Iterable[tuple[int, int, str]],
    spans: Iterable[tuple[int, int, str]],
) -> None:
    found, personal, days = list(spans), [], []
    for mark in marks:
        if mark[2] in _THEIRS:
            personal.append(mark)
        elif mark[2] == "DATE_TIME":  # most are no day of birth: right when taken, not missed
            days.append(mark)
    for start, end, kind in personal:
        score = scores.setdefault(_THEIRS[kind], Score())
        score.planted += 1
        covered = {i for s, e, _ in found for i in range(max(s, start), min(e, end))}
        score.found += len(covered) == end - start
    for start, end, kind in found:
        score = scores.setdefault(kind, Score())
        score.taken += 1
        score.right += any(s < end and start < e for s, e, _ in [*personal, *days])


def comments_of() -> dict[str, list[str]]:
    """The real comments that are on this machine, by what they are about. Never print one."""
    found = {}
    for name, (file, column) in _COMMENTS.items():
        path = REAL / "comments" / file
        if path.is_file():
            with path.open(encoding="utf-8", errors="replace", newline="") as rows:
                found[name] = [row[column] for row in csv.DictReader(rows) if row[column]]
    return found


def real_rates() -> dict[str, tuple[int, int, dict[str, int]]]:
    """For each file of real comments: how many, how many with something taken out, kinds."""
    rates = {}
    for name, texts in comments_of().items():
        found = [redact(each).spans for each in texts]
        kinds: dict[str, int] = {}
        for spans in found:
            for span in spans:
                kinds[span.kind] = kinds.get(span.kind, 0) + 1
        rates[name] = (len(found), sum(bool(each) for each in found), kinds)
    return rates


def _recalls(scores: Scores) -> dict[str, float]:
    structured = Score()
    for kind in STRUCTURED:
        structured.planted += scores.of(kind).planted
        structured.found += scores.of(kind).found
    return {
        "structured_recall": structured.recall,
        "name_recall": scores.of("name").recall,
        "address_recall": scores.of("address").recall,
        "name_precision": scores.of("name").precision,
        "address_precision": scores.of("address").precision,
    }


if __name__ == "__main__":
    main()
