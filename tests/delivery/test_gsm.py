"""The alphabet that every phone has."""

from __future__ import annotations

from cx280.delivery.rules.gsm import plain


def test_letters_that_a_phone_may_not_have_are_written_plainly() -> None:
    assert plain("“Łódź” – 12\N{NO-BREAK SPACE}% … é") == '"?odz" - 12 % ... é'
