"""The optional items about a whole journey: coordination, finding the way, certainty (280.4-d3).

They are ours, offered because 280.4 says what decides satisfaction over a journey. OMB gives no
statement for them: they are no driver, and no report carries them as one.
"""

from __future__ import annotations

from cx280.circular.implements import implements
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.library import Offer
from cx280.surveys.rules.vocabulary import SUPPLEMENTARY, Construct, Level, ResponseType

MARK = "supplementary, not an OMB driver"
_ITEMS = {
    "J1": (
        Construct.COORDINATION,
        "The people and offices I dealt with worked well together.",
        "Las personas y oficinas con las que traté trabajaron bien en conjunto.",
    ),
    "J2": (
        Construct.NAVIGATION,
        "It was clear where to go and what to do at each step.",
        "En cada paso estaba claro adónde ir y qué hacer.",
    ),
    "J3": (
        Construct.CERTAINTY,
        "I knew what would happen next and when.",
        "Sabía qué pasaría después y cuándo.",
    ),
}


@implements("280.4-d3")
def supplementary_offers(document: SurveyDocument) -> list[Offer]:
    """The items a survey may add: all three for a journey, none for any other level."""
    if document.level is not Level.JOURNEY:
        return []
    return [
        Offer(name, construct.value, ResponseType.AGREE5.value, {"en": english, "es": spanish}, ())
        for name, (construct, english, spanish) in _ITEMS.items()
    ]


@implements("280.4-d3")
def is_supplementary(construct: object) -> bool:
    """Whether a construct is one of these: never a driver of the report."""
    return construct in SUPPLEMENTARY
