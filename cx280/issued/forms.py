"""The file that holds a template."""

from __future__ import annotations

from django import forms

# A template is words: more than this is none.
LARGEST = 500_000


class TemplateForm(forms.Form):
    """Which file to load; comes out as its text."""

    file = forms.FileField(
        label="The file with the template (TOML)",
        widget=forms.FileInput(attrs={"accept": ".toml"}),
        help_text="A version never changes. Another text takes the next version.",
    )

    def clean_file(self) -> str:
        """The text in the file; a sentence says what is wrong."""
        given = self.cleaned_data["file"]
        if given.size > LARGEST:
            raise forms.ValidationError("This file is too large to be a template.")
        try:
            text: str = given.read().decode("utf-8")
        except UnicodeDecodeError:
            raise forms.ValidationError("This file is not text in UTF-8.") from None
        return text
