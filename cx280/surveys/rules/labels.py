"""The words of the survey page around the questions, in the languages cx280 speaks itself."""

from __future__ import annotations

from cx280.surveys.rules.more_labels import MORE_LABELS
from cx280.surveys.rules.vocabulary import ResponseType

LABELS: dict[str, dict[str, str]] = {
    "en": {
        "agree5-5": "Strongly agree",
        "agree5-4": "Agree",
        "agree5-3": "Neither agree nor disagree",
        "agree5-2": "Disagree",
        "agree5-1": "Strongly disagree",
        "agree7-7": "Strongly agree",
        "agree7-6": "Agree",
        "agree7-5": "Somewhat agree",
        "agree7-4": "Neither agree nor disagree",
        "agree7-3": "Somewhat disagree",
        "agree7-2": "Disagree",
        "agree7-1": "Strongly disagree",
        "stars5-5": "5 stars, very good",
        "stars5-4": "4 stars",
        "stars5-3": "3 stars",
        "stars5-2": "2 stars",
        "stars5-1": "1 star, very poor",
        "thumbs-1": "Thumbs up",
        "thumbs-0": "Thumbs down",
        "yesno-1": "Yes",
        "yesno-0": "No",
        "several": "Choose all that apply.",
        "no-names": "Please leave out names, numbers and other private details.",
        "number": "Write a number.",
        "only-if": "Only if you answered {answers} to “{question}”",
        "or": "or",
        "send": "Send",
    },
    "es": {
        "agree5-5": "Totalmente de acuerdo",
        "agree5-4": "De acuerdo",
        "agree5-3": "Ni de acuerdo ni en desacuerdo",
        "agree5-2": "En desacuerdo",
        "agree5-1": "Totalmente en desacuerdo",
        "agree7-7": "Totalmente de acuerdo",
        "agree7-6": "De acuerdo",
        "agree7-5": "Algo de acuerdo",
        "agree7-4": "Ni de acuerdo ni en desacuerdo",
        "agree7-3": "Algo en desacuerdo",
        "agree7-2": "En desacuerdo",
        "agree7-1": "Totalmente en desacuerdo",
        "stars5-5": "5 estrellas, muy bien",
        "stars5-4": "4 estrellas",
        "stars5-3": "3 estrellas",
        "stars5-2": "2 estrellas",
        "stars5-1": "1 estrella, muy mal",
        "thumbs-1": "Pulgar arriba",
        "thumbs-0": "Pulgar abajo",
        "yesno-1": "Sí",
        "yesno-0": "No",
        "several": "Elija todas las que correspondan.",
        "no-names": "Por favor, no escriba nombres, números ni otros datos privados.",
        "number": "Escriba un número.",
        "only-if": "Solo si respondió {answers} a «{question}»",
        "or": "o",
        "send": "Enviar",
    },
    **MORE_LABELS,
}

# The languages cx280 speaks itself, English first.
SPOKEN = ("en", "es", "zh-Hans", "vi", "ko", "tl")

# Of these a native speaker has read over the words of buttons, scales and notices.
REVIEWED = frozenset({"en"})

LANGUAGE_NAMES = {
    "en": "English",
    "es": "Spanish",
    "zh-Hans": "Chinese, simplified",
    "zh-Hant": "Chinese, traditional",
    "vi": "Vietnamese",
    "ko": "Korean",
    "tl": "Tagalog",
    "ar": "Arabic",
    "fr": "French",
    "ht": "Haitian Creole",
    "ru": "Russian",
    "zh": "Chinese",
}

# As each calls itself.
OWN_NAMES = {
    "en": "English",
    "es": "Español",
    "zh": "简体中文",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
    "vi": "Tiếng Việt",
    "ko": "한국어",
    "tl": "Tagalog",
    "ar": "العربية",
    "fr": "Français",
    "ht": "Kreyòl ayisyen",
    "ru": "Русский",
}

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def label(key: str, locale: str) -> str:
    """The words for a key in a locale, in English when the locale has none."""
    return LABELS.get(written_in(locale), LABELS["en"]).get(key) or LABELS["en"].get(key, "")


def written_in(locale: str) -> str:
    """The language the labels of a locale stand in: its own, or English."""
    base = locale.split("-")[0]
    is_other_script = locale.lower().startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo"))
    return base if base in LABELS and not is_other_script else "en"


def language_name(locale: str) -> str:
    """How staff call a language; its code where there is no name."""
    return LANGUAGE_NAMES.get(locale) or LANGUAGE_NAMES.get(locale.split("-")[0]) or locale


def own_name(locale: str) -> str:
    """How a language calls itself; its code where there is no name."""
    return OWN_NAMES.get(locale) or OWN_NAMES.get(locale.split("-")[0]) or locale


def code_label(response: ResponseType, code: int | str, locale: str) -> str:
    """What people read for a code of a scale; the bare number where a point has no name."""
    return label(f"{response.value}-{code}", locale) or str(code)


def direction(locale: str) -> str:
    """`rtl` for locales written from right to left, else `ltr`."""
    return "rtl" if locale.split("-")[0] in RIGHT_TO_LEFT else "ltr"
