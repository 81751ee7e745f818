"""What staff say of how websites show a survey."""

from __future__ import annotations

from typing import Any

from django import forms

from cx280.delivery.rules.embeds import LONGEST_WAIT, MOST_ORIGINS, read_origin
from cx280.delivery.rules.vocabulary import Corner, EmbedKind, Moment
from cx280.kernel.problem import Unusable

_WORDS = {
    EmbedKind.TAB: ("Words on the tab", 40, "Feedback", "Su opinión"),
    EmbedKind.PROMPT: (
        "What the prompt asks", 120, "Would you tell us how it went?", "¿Nos dice cómo le fue?",
    ),
}  # fmt: skip


class Origins(forms.CharField):
    """Websites, one a line; comes out as a list of origins."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401  # Django's own signature
        """The list as the text area shows it."""
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:  # noqa: ANN401
        """The origins; a sentence names the first line that is none."""
        lines = [each for each in super().clean(value).splitlines() if each.strip()]
        if len(lines) > MOST_ORIGINS:
            raise forms.ValidationError(f"Name at most {MOST_ORIGINS} websites.")
        try:
            return list(dict.fromkeys(read_origin(each) for each in lines))
        except Unusable as problem:
            raise forms.ValidationError(problem.message) from problem


class EmbedForm(forms.Form):
    """One way to show a survey; a field that means nothing for the kind is left out."""

    rule = "280.10-k2"

    origins = Origins(
        label="Which websites may show it?",
        max_length=5000,
        help_text="One a line, like https://www.example.gov. Elsewhere browsers refuse it.",
    )
    moment = forms.ChoiceField(
        label="After what does it come?", choices=Moment.choices, widget=forms.RadioSelect
    )
    seconds = forms.IntegerField(
        label="After how many seconds?",
        min_value=0,
        max_value=LONGEST_WAIT,
        help_text="0: at once. It also waits while somebody writes, or looks at another tab.",
    )
    corner = forms.ChoiceField(
        label="Where on the screen?", choices=Corner.choices, widget=forms.RadioSelect
    )

    def __init__(self, *given: Any, kind: EmbedKind, **options: Any) -> None:
        super().__init__(*given, **options)
        if kind is not EmbedKind.PROMPT:
            del self.fields["moment"], self.fields["seconds"]
        if kind is EmbedKind.INLINE:
            del self.fields["corner"]
        if kind not in _WORDS:
            return
        label, longest, english, spanish = _WORDS[kind]
        for code, name, usual in (("en", "English", english), ("es", "Spanish", spanish)):
            self.fields[f"words_{code}"] = forms.CharField(
                label=f"{label}, in {name}",
                max_length=longest,
                required=False,
                help_text=f"Leave it empty for “{usual}”.",
            )

    @property
    def settled(self) -> dict[str, Any]:
        """What was said, as it is kept: words by language, those left empty left out."""
        said = dict(self.cleaned_data)
        codes = [each for each in said if each.startswith("words_")]
        words = {each.removeprefix("words_"): " ".join(said.pop(each).split()) for each in codes}
        return {**said, "words": {code: text for code, text in words.items() if text}}
