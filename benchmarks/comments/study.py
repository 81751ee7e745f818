"""The page that tells how well redaction does, with its figures filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.comments.scoring import Score, Scores
from cx280.stats.intervals import wilson

_HEAD = """# How well personal data is taken out of comments

Before a comment is stored, names, addresses and numbers that say who wrote it are taken out
([decision 5](../decisions/0005-what-the-record-holds-of-a-comment.md)). This page says how much of
it is found. `python -m benchmarks.redaction` makes it again.

A planted span counts as found only when **every character** of it was taken out under its own kind.
A span taken out is right when it overlaps one planted of that kind. Intervals are 95 % (Wilson).

## Sentences of our own grammar

{made:,} made-up comments: English, Spanish and comments without anything personal but full of
look-alikes (form numbers, order numbers like telephones, dates, amounts, months that are names).
One in ten has no capitals, one in sixteen nothing but capitals, one in twelve a letter missing.
Names were drawn by lot before anything was measured, a sixth of them from names the lexicon
leaves out.

{own}

Of {clean_n:,} comments with nothing personal, {clean} lost something ({clean_share}).

## Sentences written afterwards

The rules were improved while looking at the sentences above, so those figures flatter. These
{fresh:,} comments are made from sentences written when the rules were finished, and no rule was
changed because of one of them. (One change was: a licence's number in brackets; that sentence was
moved above and another took its place.)

{unseen}

Of {fresh_clean_n:,} comments with nothing personal, {fresh_clean} lost something.

"""
_SHARED = """## One hundred sentences made by others

Sentences of a bank's help desk with mostly European names and addresses, marked in pieces (a house
number and its street are two). A piece is found when all of it is taken out. ZIP codes alone are
marked there and stay here. One mark with wrong offsets is left out.

{table}

Names that no cue announces and no American list knows are what is missed.

"""
_REAL = """## Real comments

Nobody marked personal data in them, so this is a rate, not an error: how many comments lose
something.

{table}

Four in five of the names are a single given name with a capital, as where staff are praised or
blamed. No sample can be shown here.

"""
_FOOT = """## Speed

{speed:,.0f} comments a second on one core (the promise is 1,000). The time grows with the length
of a
text and not faster: every pattern is bounded, and a test feeds it 60 kinds of hostile text.

## What is not found

- A name that stands alone, is in no list and that nothing around it gives away ("Morishita began
  early"); rare surnames in a text without capitals.
- A word that is also a name, alone: “ask May”, “Hope did it”. Nor are towns, states and ZIP codes
  alone, employers, or a job title that only one person has. Who reads comments should know that.
- Numbers without a word beside them: seven digits alone are no telephone here, nine no passport.

Names of members of staff are taken out as well. They are personal data too, and praise of “the
clerk at window 4” reaches the clerk without the name being kept.

## The lexicon

`cx280/responses/rules/redaction/names.txt` holds about 17,600 names and no counts: given names of
the Social Security Administration's national data (births 1930 to 2017) and the Census Bureau's
list of 1990, surnames of the Census Bureau's list of 1990. Works of the United States Government
are in the public domain (17 U.S.C. 105). Names that are also English or Spanish words, or places,
are marked so (by the public-domain word list SCOWL and by hand) and are believed only beside
something else that says "a person".
"""


def redaction_page(
    *,
    own: Scores,
    unseen: Scores,
    planted_nothing: tuple[tuple[int, int], tuple[int, int]],
    shared: Mapping[str, Score] | None,
    rates: Mapping[str, tuple[int, int, Mapping[str, int]]],
    speed: float,
    sizes: tuple[int, int],
    structured: Sequence[str],
) -> str:
    """The page as Markdown."""
    (clean, clean_n), (fresh_clean, fresh_clean_n) = planted_nothing
    page = _HEAD.format(
        made=sizes[0],
        fresh=sizes[1],
        own=_table(own.by_kind, structured),
        unseen=_table(unseen.by_kind, structured),
        clean=clean,
        clean_n=clean_n,
        clean_share=_percent(clean / clean_n),
        fresh_clean=fresh_clean,
        fresh_clean_n=fresh_clean_n,
    )
    if shared is not None:
        page += _SHARED.format(table=_table(shared, structured))
    if rates:
        page += _REAL.format(table=_rates(rates))
    return page + _FOOT.format(speed=round(speed, -2))


def _table(by_kind: Mapping[str, Score], structured: Sequence[str]) -> str:
    rows = [
        "| kind | planted | recall | between | precision | taken |",
        "|---|---:|---:|---|---:|---:|",
    ]
    together = Score()
    for kind in structured:
        score = by_kind.get(kind, Score())
        together.planted += score.planted
        together.found += score.found
        together.taken += score.taken
        together.right += score.right
    rows.append(_row("**numbers and the like, together**", together))
    order = ["name", "address", *structured]
    rows += [_row(kind, by_kind[kind]) for kind in order if kind in by_kind]
    return "\n".join(rows)


def _row(kind: str, score: Score) -> str:
    if not score.planted:
        return f"| {kind} | 0 | | | {score.precision:.3f} | {score.taken:,} |"
    low, high = wilson(score.found, score.planted)
    precision = f"{score.precision:.3f}" if score.taken else ""
    return (
        f"| {kind} | {score.planted:,} | {score.recall:.3f} | {low:.3f} to {high:.3f} "
        f"| {precision} | {score.taken:,} |"
    )


def _rates(rates: Mapping[str, tuple[int, int, Mapping[str, int]]]) -> str:
    rows = ["| comments | n | lost something | kinds |", "|---|---:|---:|---|"]
    for name, (n, touched, kinds) in rates.items():
        said = ", ".join(f"{kind} {count}" for kind, count in sorted(kinds.items()))
        rows.append(f"| {name} | {n:,} | {_percent(touched / n)} | {said} |")
    return "\n".join(rows)


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
