"""Where to look first, by what fell: for the page, which has more room than a message."""

from __future__ import annotations

from cx280.alarms.rules.sentences import Fallen
from cx280.alarms.rules.vocabulary import Kind

_SILENT = (
    "Open the website and try it.",
    "If it works for you, ask your web team whether the cx280 script is still on its pages.",
)
_SILENT_SURVEY = (
    "Open the survey’s link and answer once.",
    "Check that the page, letter or message that offers it still does.",
)
_ERRORS = (
    "Open the pages and look for what fails.",
    "Ask your web team what was released since then.",
)
_TRY = (
    "Go through it yourself, on a phone too.",
    "Ask your web team what was released since then: a new page, a changed link, a form that "
    "refuses.",
)
_VISITS = (
    "Open the pages people come in by, from a search engine too.",
    "Ask what changed since then: a release, a link, a campaign that ended.",
)
_BY_KIND = {
    Kind.EVENTS_BY_HOUR: _VISITS,
    Kind.EVENTS_BY_DAY: _VISITS,
    Kind.DRIFT: ("Compare the last weeks by page and device to see where fewer people come.",),
    Kind.FLOW: _TRY,
    Kind.COMPLETION: _TRY,
    Kind.STEP: _TRY,
    Kind.SPEED: (
        "Open the slowest pages on a phone.",
        "Ask your web team what was added to them: a picture, a font, a script.",
    ),
    Kind.SCORE: (
        "Read the comments of those days.",
        "Look which offices and drivers moved.",
    ),
    Kind.UNIT_SCORE: (
        "Read the comments of those days.",
        "Ask the office what was different: who worked, what was closed, what was new.",
    ),
    Kind.ANSWERS: ("Check that the survey is still offered: its link, its page, its messages.",),
}


def advice_on(fall: Fallen) -> tuple[str, ...]:
    """One or two things to look at, the quickest first."""
    if fall.silent:
        return _SILENT_SURVEY if fall.kind.is_of_survey else _SILENT
    if fall.key == "error" and fall.kind in {Kind.EVENTS_BY_HOUR, Kind.EVENTS_BY_DAY}:
        return _ERRORS
    return _BY_KIND[fall.kind]
