"""Every component of cx280.pages on one page, to look at and to test.

`python -m tests.pages.gallery FOLDER` writes it there with the built style sheets beside it.
"""

from __future__ import annotations

import os
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cx280.site.settings")
    django.setup()

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.backends.django import DjangoTemplates
from django.test import override_settings
from django.urls import URLPattern, URLResolver, include, path

from cx280.kernel.finding import Finding, Severity
from cx280.pages import charts
from cx280.pages.fields import DayInput
from cx280.pages.filters import Filter

# File names as they are written, whether or not a release has hashed them.
PLAIN = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
PROJECT = Path(__file__).resolve().parents[2]


def nowhere(request: HttpRequest) -> HttpResponse:
    """No address of the gallery answers."""
    return HttpResponse()


def addresses(*names: str) -> list[URLPattern | URLResolver]:
    """An address for each name, so that links have somewhere to point."""
    return [path(f"{name}/", nowhere, name=name) for name in names]


urlpatterns = [
    *addresses("today", "services", "surveys", "quarter", "year", "plans"),
    path("account/", include((addresses("me", "sign-in", "sign-out"), "accounts"))),
    path("rules/", include(([path("<str:rule>/", nowhere, name="rule")], "opendata"))),
]

QUARTERS = [
    *["Q3 2020", "Q4 2020", "Q1 2021", "Q2 2021", "Q3 2021"],
    *["Q4 2021", "Q1 2022", "Q2 2022", "Q3 2022", "Q4 2022"],
]
TRUST = [0.712, 0.718, 0.731, 0.726, 0.741, 0.748, 0.786, 0.801, 0.812, 0.838]
SATISFACTION = [0.781, 0.776, 0.79, 0.785, 0.801, 0.797, 0.822, 0.835, 0.83, 0.846]
ANSWERS = ["Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree"]


class Example(forms.Form):
    """One of each kind of input."""

    name = forms.CharField(help_text="As the public knows it.")
    email = forms.EmailField(required=False)
    about = forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), label="What it offers")
    kind = forms.ChoiceField(choices=[("a", "Administrative"), ("b", "Benefits")])
    level = forms.ChoiceField(
        choices=[("t", "Transaction"), ("j", "Journey"), ("r", "Relationship")],
        widget=forms.RadioSelect,
        help_text="What the survey follows.",
    )
    channels = forms.MultipleChoiceField(
        choices=[("web", "Website"), ("phone", "Phone"), ("person", "In person")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    since = forms.DateField(widget=DayInput)
    simulated = forms.BooleanField(label="This is a trial", help_text="Nothing is published.")
    token = forms.CharField(widget=forms.HiddenInput, required=False)


def points(values: list[float], spread: float) -> list[charts.Point]:
    """Quarters with an interval around each value."""
    return [
        charts.Point(label, value, value - spread, value + spread, n=5_000 + 210 * index)
        for index, (label, value) in enumerate(zip(QUARTERS, values, strict=True))
    ]


def pictures() -> dict[str, charts.Chart]:
    """Every chart, as the mocks show it and in its dark corners."""
    trust = charts.Series("Trust", "trust", points(TRUST, 0.02))
    satisfaction = charts.Series("Satisfaction", "satisfaction", points(SATISFACTION, 0.014))
    hidden = [
        charts.Point(p.label, suppressed=True, n=4) if 3 <= i <= 4 else p
        for i, p in enumerate(points(TRUST, 0.06))
    ]
    return {
        "trend": charts.trend(
            [satisfaction, trust],
            title="Trust and satisfaction, by quarter",
            note="Share who agree or strongly agree. Bands show how sure we are.",
            breaks=[charts.Mark("Q2 2021", "trust question reworded: not joined", "Trust")],
            launches=[charts.Mark("Q1 2022", "Online renewal opened")],
        ),
        "corner": charts.trend(
            [
                charts.Series("Vertrauen in die Bundesverwaltungsbehörde", "3", hidden),
                charts.Series("Satisfacción", "2", points([v + 0.002 for v in TRUST], 0.01)),
                charts.Series("Ease", "4", points([v - 0.004 for v in TRUST], 0.01)),
            ],
            title="Three lines that end together, long names, too few in the middle",
            breaks=[
                charts.Mark("Q2 2022", "the wording of the question changed with the new edition"),
                charts.Mark("Q3 2022", "another rewording a quarter later"),
            ],
            launches=[
                charts.Mark("Q4 2022", "New phone line opened in all offices"),
                charts.Mark("Q2 2022", "Online renewal opened"),
            ],
        ),
        "one": charts.trend(
            [charts.Series("Trust", "trust", points(TRUST, 0.02)[:1])], title="One quarter only"
        ),
        "empty": charts.trend([charts.Series("Trust", "trust", [])], title="Nothing yet"),
        "offices": charts.intervals(
            [
                charts.Row("Portland", 0.71, 0.66, 0.76, n=318, attention=True),
                charts.Row("Spokane", 0.78, 0.72, 0.84, n=201),
                charts.Row("Boise", 0.82, 0.79, 0.85, n=844),
                charts.Row("Seattle", 0.85, 0.83, 0.87, n=1630),
                charts.Row("Online", 0.88, 0.87, 0.89, n=4112),
                charts.Row("Walla Walla", suppressed=True, n=4),
                charts.Row("Bundesverwaltungsamt Niederlassung Süd", 0.86, 0.8, 0.9, n=40),
            ],
            title="Portland is below the others",
            note="Trust by office, lowest first.",
            reference=0.838,
            reference_label="all offices",
        ),
        "drivers": charts.bars(
            [
                charts.Bar("It took a reasonable amount of time", 0.35, 0.3, 0.4, text="71 % agree",
                           strong=True),
                charts.Bar("It was easy to complete", 0.28, 0.23, 0.33, text="82 % agree"),
                charts.Bar("My need was addressed", 0.2, 0.16, 0.24, text="88 % agree"),
                charts.Bar("I was treated fairly", 0.12, 0.09, 0.15, text="90 % agree"),
                charts.Bar("Employees were helpful", 0.08, 0.05, 0.11, text="93 % agree"),
            ],
            title="Waiting time matters most for trust",
            note="Share of what explains trust. Associated with, not proof of cause. n 6,871",
            text_column="Agree",
        ),
        "spread": charts.distribution(
            [
                charts.Spread("This interaction increased my trust in Boat permits.",
                              [30, 60, 900, 2600, 3500]),
                charts.Spread("I am satisfied with the service.", [100, 20, 10, 400, 900]),
                charts.Spread("Employees were helpful.", [0, 1, 2, 1, 0], suppressed=True),
                charts.Spread("I was treated fairly.", [0, 0, 0, 0, 0]),
            ],
            ANSWERS,
            title="Most people agree",
        ),
        "plain": charts.distribution([12, 300, 40, 28], ["1", "2", "3", "4"], title="Four answers"),
        "small": charts.small_multiple(points(TRUST, 0.02), title="Boat permits: trust 84 %"),
        "small2": charts.small_multiple(
            points(SATISFACTION, 0.02), title="Park passes: satisfaction 85 %",
            colour="satisfaction",
        ),
    }  # fmt: skip


def context() -> dict[str, Any]:
    """What the gallery's templates show."""
    asked = Example(data={"email": "not an address"})
    asked.is_valid()
    return {
        **pictures(),
        "simulated": True,
        "navigation": [
            {"entry": {"label": label, "route": label.lower()}, "is_current": label == "Services"}
            for label in ("Today", "Services", "Surveys", "Quarter", "Year", "Plans")
        ],
        "person": {"name": "CX lead", "email": "lead@example.gov"},
        "csrf_token": "x",
        "part_links": [("About", "#"), ("Journeys", "#a"), ("Certification", "#b")],
        "organization_name": "Department of Rivers and Trails",
        "form": Example(),
        "asked": asked,
        "filters": [
            Filter("quarter", "Quarter", [("FY2022 Q4", "Q4 FY2022"), ("FY2022 Q3", "Q3 FY2022")]),
            Filter("unit", "Office", [("", "All 5"), ("portland", "Portland")]),
            Filter("channel", "Channel", [("", "All")]),
            Filter("survey", "Survey", [("after-3", "After permit, version 3")]),
        ],
        "page": Paginator(range(900), 20).page(7),
        "today": date(2022, 1, 28),
        "findings": [
            Finding("280.10-g2", Severity.ERROR, "This survey asks 16 questions; 15 are allowed.",
                    "questions[15]", "Remove one."),
            Finding("280.10-d3", Severity.WARN, "The wording differs from the library."),
            Finding("280.10-c5", Severity.INFO, "Stars need an OMB discussion on trust."),
        ],
    }  # fmt: skip


def render(name: str) -> str:
    """The page `page` or `survey` as HTML; its links point at addresses of this module."""
    folder = Path(__file__).parent / "templates"
    engine = DjangoTemplates({"NAME": "gallery", "DIRS": [folder], "APP_DIRS": True, "OPTIONS": {}})
    with override_settings(ROOT_URLCONF=__name__, STORAGES=PLAIN):
        said: str = engine.get_template(f"gallery/{name}.html").render(context())
    return said


def main(folder: Path) -> None:
    """Writes both pages into the folder, and copies what they load."""
    shutil.copytree(PROJECT / "cx280/pages/static/built", folder / "built", dirs_exist_ok=True)
    for name, file in (("page", "gallery.html"), ("survey", "survey.html")):
        page = render(name).replace("/static/built/", "built/")
        (folder / file).write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "build/gallery"))
