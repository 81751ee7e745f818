"""Which websites may show which survey, in which ways, and to whom a prompt comes."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from cx280.circular.implements import implements
from cx280.delivery.rules.sampling import Plan
from cx280.delivery.rules.vocabulary import EmbedKind, Method, StrataBy
from cx280.kernel.problem import Unusable
from cx280.surveys.rules.vocabulary import Placement

MOST_ORIGINS = 20
LONGEST_WAIT = 600  # seconds
# A frame begins with so much of its likely height, so that little stays empty; then it grows.
_AT_FIRST = 0.7
# The name by which a page of ours shows how it would look: nothing of it is stored or counted.
TRIES = "try"


@implements("INC-33", "280.10-k2", "280.10-k3")
def kinds_of(placement: Placement) -> tuple[EmbedKind, ...]:
    """The ways in which a survey so placed may be shown; () for messages and kiosks.

    A prompt is offered to people who were chosen, and counted. A tab is a link: who sees it is not
    known. Both in one survey would make its response rate a fiction, so it is one or the other.
    """
    if placement is Placement.PROMPT:
        return (EmbedKind.PROMPT,)
    return (EmbedKind.TAB, EmbedKind.INLINE) if placement is Placement.LINK else ()


def read_origin(text: str) -> str:
    """`https://www.example.gov` out of any address there; Unusable when it is none.

    Unencrypted pages are taken for this machine alone: elsewhere anybody on the way could change
    the page around the survey.
    """
    try:
        parts = urlsplit(text.strip())
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        scheme, host, port = "", "", None
    is_here = host in {"localhost", "127.0.0.1"}
    plain = all(each.isalnum() or each in ".-" for each in host) and host.isascii()
    if not host or not plain or scheme not in ({"https", "http"} if is_here else {"https"}):
        raise Unusable(f"“{text}” is no address like https://www.example.gov.", field="origins")
    return f"{scheme}://{host}" + (f":{port}" if port else "")


@implements("280.10-m2")
def shares(plan: Plan | None) -> dict[str, float]:
    """{group: chance} by which a browser throws its dice; "" is everybody else's.

    Groups are units or languages: what the page knows. One that a file would name, it cannot know.
    """
    if plan is None:
        return {"": 1.0}
    known = plan.method is Method.STRATIFIED and plan.strata_by is not StrataBy.GIVEN
    return {**(plan.rates if known else {}), "": plan.rate}


def first_height(tall: float) -> int:
    """Pixels a frame in the page begins with, of a survey so tall on a phone."""
    return round(tall * _AT_FIRST)


def words_said(usual: Mapping[str, str], kind: EmbedKind, own: str) -> dict[str, str]:
    """What a website says in one language: the usual words, and what staff wrote instead."""
    place = {EmbedKind.TAB: "tab", EmbedKind.PROMPT: "ask"}.get(kind)
    return {**usual, place: own} if place and own else dict(usual)
