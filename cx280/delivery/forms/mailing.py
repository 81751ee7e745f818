"""What people say of messages, and the file they hand over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from cx280.delivery.rules.texts import LONGEST_WORDS, check_words
from cx280.delivery.rules.words import LANGUAGES, words
from cx280.kernel.problem import Unusable

LARGEST_FILE = 10 * 1024 * 1024
WORDS = "words_"  # before a language, in the name of its field


class MailingForm(forms.Form):
    """How a survey's messages are sent."""

    rule = "280.10-k4"

    is_on = forms.BooleanField(label="Send messages", required=False)
    sender = forms.CharField(
        label="Who do they come from?", max_length=100,
        help_text="The name that mail programs show and a text begins with, like “Boat Permits,"
        " Department of Lakes”.",
    )  # fmt: skip
    reminder_hours = forms.IntegerField(
        label="Hours until the one reminder by email", min_value=0, max_value=47,
        help_text="0: no reminder. It leaves inside the 48 hours, too, or not at all. Nobody knows"
        " who has answered, so everybody gets it.",
    )  # fmt: skip
    by_text = forms.BooleanField(
        label="Send text messages, too", required=False,
        help_text="To people whose row says that they agreed to be texted, from 8 in the morning to"
        " 9 in the evening where they are.",
    )  # fmt: skip
    text_reminder_hours = forms.IntegerField(
        label="Hours until the one reminder by text", min_value=0, max_value=47, required=False,
        help_text="0: no reminder. We advise against one: a second text is what people stop for.",
    )  # fmt: skip

    def __init__(self, *given: Any, languages: Mapping[str, str], **named: Any) -> None:
        """languages: those the survey can be read in, with their names; a field for each."""
        super().__init__(*given, **named)
        self.languages = dict(languages)
        for language, name in self.languages.items():
            self.fields[f"{WORDS}{language}"] = _words_field(language, name)

    def text_fields(self) -> list[tuple[str, BoundField]]:
        """The languages with the field of each."""
        return [(each, self[f"{WORDS}{each}"]) for each in self.languages]

    def clean_sender(self) -> str:
        """The name on one line."""
        return " ".join(str(self.cleaned_data["sender"]).split())

    def clean(self) -> dict[str, Any]:
        """The words of all languages under one name; what a text cannot say stands at its field."""
        found = {**(super().clean() or {})}
        said = {each: found.pop(f"{WORDS}{each}", "") for each in self.languages}
        for language, each in said.items():
            try:
                check_words(each)
            except Unusable as problem:
                self.add_error(f"{WORDS}{language}", f"{problem.message} {problem.fix}")
        found["text_words"] = {language: each for language, each in said.items() if each}
        found["text_reminder_hours"] = found.get("text_reminder_hours") or 0
        return found


def _words_field(language: str, name: str) -> forms.CharField:
    empty = f"people who speak {name} get the English words, and the survey in {name}."
    if language in LANGUAGES:
        empty = f"“{words(language)['text']['ask']}”"
    return forms.CharField(
        label=f"Words in {name}", required=False, max_length=LONGEST_WORDS,
        help_text=f"Left empty: {empty}",
    )  # fmt: skip


class HandOverForm(forms.Form):
    """A file of ended interactions."""

    file = forms.FileField(
        label="File of ended interactions",
        help_text="CSV in UTF-8, up to 10 MB and 50,000 rows.",
    )

    def clean_file(self) -> Any:  # noqa: ANN401
        """The file, if it is not too large."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST_FILE:
            raise forms.ValidationError("The file is larger than 10 MB. Split it.")
        return given
