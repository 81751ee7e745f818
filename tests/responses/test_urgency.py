"""Words that cannot wait are found, and idioms are not."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.comments.urgent import labelled, unseen
from cx280.responses.rules.urgency import UrgencyKind, urgency_of


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("I want to kill myself", UrgencyKind.CRISIS),
        ("I don’t want to live anymore.", UrgencyKind.CRISIS),
        ("YA NO QUIERO VIVIR", UrgencyKind.CRISIS),
        ("I'm going to shoot everyone in that office", UrgencyKind.THREAT),
        ("Los voy a matar a todos", UrgencyKind.THREAT),
        ("My husband beats me", UrgencyKind.HARM),
        ("No puedo respirar, ayuda", UrgencyKind.HARM),
        ("He said he will kill me and I want to die", UrgencyKind.CRISIS),
    ],
)
def test_what_cannot_wait_is_found_with_its_kind(said: str, kind: UrgencyKind) -> None:
    found = urgency_of(said)

    assert found is not None
    assert found.kind is kind


@pytest.mark.parametrize(
    "said",
    [
        "I was dying of hunger waiting, this process is killing me.",
        "We read to kill time. Shoot me an email.",
        "Maria killed it! The suicide prevention poster is old.",
        "Would it kill you to smile? You hit me with a fee.",
        "My father died and I need his records.",
        "Me muero de hambre y este trámite me mata.",
        "Sucede que la fila es larga.",
        "",
    ],
)
def test_idioms_and_grief_can_wait(said: str) -> None:
    assert urgency_of(said) is None


def test_why_holds_none_of_the_words() -> None:
    found = urgency_of("Carla, I want to die")

    assert found is not None
    assert "Carla" not in found.why
    assert "want to die" not in found.why


def test_made_up_sentences_are_told_apart() -> None:
    counts = Counter((kind, _kind(text)) for text, kind in labelled(3000, seed=5))

    urgent = sum(n for (kind, _), n in counts.items() if kind)
    found = sum(n for (kind, got), n in counts.items() if kind and got)
    wrong = sum(n for (kind, got), n in counts.items() if not kind and got)
    assert found >= 0.98 * urgent
    assert wrong <= 0.02 * (found + wrong)


def test_sentences_written_after_the_rules_are_mostly_told_apart() -> None:
    counts = Counter((kind, _kind(text)) for text, kind in unseen())

    urgent = sum(n for (kind, _), n in counts.items() if kind)
    found = sum(n for (kind, got), n in counts.items() if kind and got)
    wrong = sum(n for (kind, got), n in counts.items() if not kind and got)
    assert found >= 0.9 * urgent
    assert wrong <= 1


@given(st.text(max_size=400))
def test_any_text_is_read(said: str) -> None:
    found = urgency_of(said)

    assert found is None or found.why


@pytest.mark.parametrize("unit", ["i will ", "kill ", "i want to ", "he will ", "me ", "a'"])
def test_a_hostile_text_is_read_in_bounded_steps(unit: str) -> None:
    urgency_of(unit * 10_000)


def _kind(text: str) -> str:
    found = urgency_of(text)
    return found.kind.value if found else ""
