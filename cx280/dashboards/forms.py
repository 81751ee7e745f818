"""Checks what people type into the codebook, and what they say a comment is about."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.kernel.problem import Unusable
from cx280.measures.rules.themes.codebook import (
    DRIVERS,
    LANGUAGES,
    LONGEST_DEFINITION,
    LONGEST_NAME,
    Codebook,
    Theme,
    cues_in,
)
from cx280.services.rules.names import code_for
from cx280.surveys.rules.vocabulary import Construct

_DRIVERS = [(each, Construct.of(each).label if each else "None of them") for each in DRIVERS]
_CUES = forms.Textarea(attrs={"rows": 5})


class ThemeForm(forms.Form):
    """A theme: its name, what belongs to it, and the words that give it away."""

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    name = forms.CharField(max_length=LONGEST_NAME, label="Name")
    definition = forms.CharField(
        max_length=LONGEST_DEFINITION,
        label="What belongs to it",
        widget=forms.Textarea(attrs={"rows": 2, "class": "cx-textarea--short"}),
    )
    driver = forms.ChoiceField(choices=_DRIVERS, required=False, label="Driver")
    en = forms.CharField(
        required=False,
        label="English words",
        widget=_CUES,
        help_text="Words and short phrases, one a line or with commas. A * at the end finds every "
        "word that begins so: wait* finds waited and waiting.",
    )
    es = forms.CharField(
        required=False,
        label="Spanish words",
        widget=_CUES,
        help_text="Accents do not matter: telefono finds teléfono.",
    )

    def clean_en(self) -> tuple[str, ...]:
        """The English cues, tidied."""
        return self._cues("en")

    def clean_es(self) -> tuple[str, ...]:
        """The Spanish cues, tidied."""
        return self._cues("es")

    def _cues(self, language: str) -> tuple[str, ...]:
        try:
            return cues_in(self.cleaned_data[language])
        except Unusable as problem:
            raise forms.ValidationError(f"{problem.message} {problem.fix}".strip()) from problem

    def clean(self) -> dict[str, Any]:
        """At least one word, without which the theme would find nothing."""
        found = super().clean() or {}
        if not self.errors and not any(found.get(language) for language in LANGUAGES):
            raise forms.ValidationError("Write at least one word that gives the theme away.")
        return found

    def theme(self, codebook: Codebook, old: Theme | None) -> Theme:
        """The theme as written; a new one gets a code of its own that never changes."""
        given = self.cleaned_data
        taken = frozenset(each.code for each in codebook.themes) | {"none", "new"}
        return Theme(
            code=old.code if old else code_for(given["name"], taken)[:LONGEST_NAME],
            name=given["name"].strip(),
            definition=given["definition"].strip(),
            driver=given["driver"],
            cues={language: given[language] for language in LANGUAGES},
            retired=old.retired if old else False,
        )


def written(theme: Theme) -> dict[str, str]:
    """What the form shows of a theme at first."""
    cues = {language: "\n".join(theme.cues.get(language, ())) for language in LANGUAGES}
    return {
        "name": theme.name,
        "definition": theme.definition,
        "driver": theme.driver,
        **cues,
    }


class CorrectionForm(forms.Form):
    """The themes that a comment is about; none is an answer too."""

    codes = forms.MultipleChoiceField(
        required=False,
        label="What is this comment about?",
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, codebook: Codebook, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["codes"].choices = [  # type: ignore[attr-defined]
            (theme.code, f"{theme.name}: {theme.definition}") for theme in codebook.active
        ]
