"""The words for a comparability key: what each part means, and how two of them differ."""

from __future__ import annotations

SENTENCES = (
    ("level", "One asks about {}, the other about {}."),
    ("construct", "One measures {}, the other {}."),
    ("object", "One is about {}, the other about {}."),
    ("statement", "One follows {}, the other {}."),
    ("wording", "One has {}, the other {}."),
    ("scale", "One is answered with {}, the other with {}."),
    ("mode", "One is asked by {}, the other by {}."),
)
_CONSTRUCTS = {
    "trust_change": "whether an interaction raised trust",
    "trust_level": "how much trust there is",
    "confidence": "confidence, which is not trust",
    "drivers": "which drivers people picked",
    "equity": "fair treatment",
    "transparency": "whether people understood what was asked",
    "employee": "how employees helped",
    "additional": "something of the agency's own",
}
_WORDINGS = {
    "exact": "the Circular's wording",
    "slot-filled": "the Circular's wording with names filled in",
    "minor": "minor edits",
    "modified": "modified wording",
}
_SCALES = {
    "agree5": "5 points of agreement",
    "agree7": "7 points of agreement",
    "agree10": "10 points of agreement",
    "stars5": "5 stars",
    "thumbs": "a thumb up or down",
    "yesno": "yes or no",
    "tapping": "taps under a rating",
    "multiple_choice": "a choice of drivers",
}
_MODES = {
    "web": "web page",
    "email": "email",
    "sms": "text message",
    "phone": "phone",
    "ivr": "automated phone",
    "kiosk": "kiosk",
    "paper": "paper",
}
_LEVELS = {
    "transaction": "one transaction",
    "journey": "a whole journey",
    "relationship": "the whole relationship",
}
_OBJECTS = {"": "something not named", "agency": "the agency"}
_LISTS = {
    "level": _LEVELS,
    "construct": _CONSTRUCTS,
    "wording": _WORDINGS,
    "scale": _SCALES,
    "mode": _MODES,
}


def construct_words(construct: str) -> str:
    """What a key's construct measures, in words: `how much trust there is`."""
    return _CONSTRUCTS.get(construct, construct.replace("_", " "))


def part_words(part: str, value: str) -> str:
    """One part of a key as it stands in a sentence."""
    if part == "statement":
        return "words of its own" if value.startswith("own:") else f"statement {value}"
    if part == "object":
        return _OBJECTS.get(value, f"the {value}")
    return _LISTS[part].get(value, value.replace("_", " "))
