"""The sender of texts is killed at its work: nothing is lost, doubled, late or sent at night.

Two thousand interactions and more kills: `python -m benchmarks.texting`.
"""

from __future__ import annotations

import pytest

from benchmarks.texting import run


@pytest.mark.any_database
@pytest.mark.proves("280.10-b2", "280.10-k4", "280.10-o3")
def test_a_killed_sender_of_texts_loses_and_doubles_nothing_and_receipts_reconcile() -> None:
    account = run(interactions=150, kills=2, seed=280)

    assert account.is_sound, account
    assert (account.rows, account.kills) == (150, 2)
    for each in ("sent", "bounced", "expired", "suppressed"):
        assert account.states.get(each, 0) > 0, account
    assert account.refused > 0
