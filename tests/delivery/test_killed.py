"""The sender is killed at its work: nothing is lost, nothing doubled, nobody tired, nothing late.

Ten thousand interactions and more kills: `python -m benchmarks.sending`.
"""

from __future__ import annotations

import pytest

from benchmarks.sending import NIGHTS, run


@pytest.mark.any_database
@pytest.mark.proves("280.10-b2", "280.10-k4", "280.10-o3")
def test_a_killed_sender_loses_and_doubles_nothing() -> None:
    account = run(interactions=150, kills=2, seed=280, nights=NIGHTS[:1])

    assert account.is_sound, account
    assert (account.rows, account.kills) == (150, 2)
    assert account.states["suppressed"] > 0
    assert account.states["expired"] > 0
    assert account.states["bounced"] > 0
