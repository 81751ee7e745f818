"""Template tags: words, findings, fields, and the parts of a page."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from cx280.kernel.finding import Finding, Severity
from cx280.pages import charts
from cx280.pages.fields import DayInput
from cx280.pages.filters import Filter


def shown(source: str, /, path: str = "/here/", **context: Any) -> str:
    """The template as HTML, with our tags loaded."""
    template = engines["django"].engine.from_string("{% load cx280 %}" + source)  # type: ignore[attr-defined]
    from django.template import Context

    said: str = template.render(Context({"request": RequestFactory().get(path), **context}))
    return said


class Example(forms.Form):
    """One input of each kind that matters."""

    name = forms.CharField(help_text="As the public knows it.")
    level = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    since = forms.DateField(widget=DayInput, required=False)
    agreed = forms.BooleanField()


def test_a_rule_links_to_its_text() -> None:
    said = shown('{% rule "280.10-g2" %}')

    assert "Rule 280.10-g2" in said


def test_findings_stand_worst_first_with_words_and_the_way_out() -> None:
    found = [
        Finding("280.10-c5", Severity.INFO, "Good."),
        Finding("280.10-g2", Severity.ERROR, "Too many.", fix="Remove one."),
        {"rule": "280.10-d3", "severity": "warn", "message": "Changed.", "fix": "", "where": None},
    ]

    said = shown("{% findings found %}", found=found)

    words = ["Must be fixed", "Too many. Remove one.", "Needs a reason", "Good to know"]
    assert sorted(words, key=said.index) == words


def test_no_findings_show_nothing() -> None:
    assert shown("{% findings found %}", found=[]).strip() == ""


def test_what_people_typed_is_escaped_in_a_finding() -> None:
    said = shown("{% findings f %}", f=[Finding("1", Severity.ERROR, "<b>“bold”</b>")])

    assert "<b>" not in said


def test_a_field_names_the_hint_and_the_error_that_describe_it() -> None:
    form = Example(data={})

    said = shown("{% field form.name %}", form=form)

    assert 'aria-describedby="id_name_hint id_name_error"' in said
    assert 'id="id_name_hint"' in said
    assert 'id="id_name_error"' in said
    assert '<label class="usa-label usa-label--error" for="id_name">' in said


def test_each_radio_has_a_label_and_the_group_a_legend() -> None:
    said = shown("{% field form.level %}", form=Example())

    ids = re.findall(r'type="radio"[^>]* id="([^"]+)"', said)
    assert [f'for="{each}"' in said for each in ids] == [True, True]
    assert "<legend" in said


def test_a_field_keeps_what_was_typed() -> None:
    form = Example(data={"name": "<Boat>", "level": "b", "since": "2022-13-45", "agreed": "on"})

    said = shown("{% for each in form %}{% field each %}{% endfor %}", form=form)

    assert 'value="&lt;Boat&gt;"' in said
    assert re.search(r'value="b"[^>]*checked', said)
    assert 'value="2022-13-45"' in said


def test_a_field_that_may_stay_empty_says_so() -> None:
    assert "(optional)" in shown("{% field form.since %}", form=Example())
    assert "(optional)" not in shown("{% field form.name %}", form=Example())


def test_the_error_summary_links_to_inputs_that_exist() -> None:
    form = Example(data={})

    said = shown("{% errors form %}{% for each in form %}{% field each %}{% endfor %}", form=form)

    targets = re.findall(r'href="#([^"]+)"', said)
    assert len(targets) == 3
    assert [f'id="{target}"' in said for target in targets] == [True] * 3


def test_pages_keep_the_filters_of_the_address() -> None:
    page = Paginator(range(200), 20).page(3)

    said = shown("{% pagination page %}", path="/x/?unit=a%26b&page=3", page=page)

    assert 'href="?unit=a%26b&amp;page=4"' in said
    assert 'aria-current="page"' in said


def test_one_page_needs_no_links() -> None:
    page = Paginator(range(3), 20).page(1)

    assert shown("{% pagination page %}", page=page).strip() == ""


def test_a_filter_bar_keeps_what_it_does_not_choose() -> None:
    chosen = Filter("unit", "Office", [("", "All"), ("a", "Boise")], "a")

    said = shown("{% filter_bar f %}", path="/x/?unit=b&sort=name&page=4", f=[chosen])

    assert '<input type="hidden" name="sort" value="name">' in said
    assert 'name="page"' not in said
    assert '<option value="a" selected>Boise</option>' in said


def test_the_open_tab_is_marked() -> None:
    entries = [("About", "/here/"), ("Journeys", "/here/journeys/")]

    said = shown("{% tabs entries %}", entries=entries)

    assert '<a href="/here/" aria-current="page">About</a>' in said
    assert said.count("aria-current") == 1


def test_parts_of_a_tab_stand_in_a_second_row_while_one_of_them_is_open() -> None:
    entries = [("About", "/about/"), ("Ways", [("Links", "/links/"), ("Posters", "/here/")])]

    said = shown("{% tabs entries %}", entries=entries)
    elsewhere = shown("{% tabs entries %}", path="/about/", entries=entries)

    assert '<a href="/links/" aria-current="true">Ways</a>' in said
    assert '<nav class="cx-tabs" aria-label="Ways">' in said
    assert '<a href="/here/" aria-current="page">Posters</a>' in said
    assert "Posters" not in elsewhere
    assert '<a href="/links/">Ways</a>' in elsewhere


def test_the_title_is_said_once_and_shown_twice() -> None:
    said = shown_page("{% block title %}Trust & more{% endblock %}")

    assert "<title>Trust & more · cx280</title>" in said
    assert "<h1>Trust & more</h1>" in said


def shown_page(blocks: str) -> str:
    """A page on the base template, for somebody signed out."""
    engine = engines["django"].engine  # type: ignore[attr-defined]
    from django.template import Context

    said: str = engine.from_string('{% extends "pages/base.html" %}' + blocks).render(Context())
    return said


def test_the_table_of_a_chart_holds_each_of_its_numbers() -> None:
    rows = [charts.Row("Boise", 0.82, 0.79, 0.85, n=844), charts.Row("Rest", 0.9, 0.8, 1.0, n=20)]
    chart = charts.intervals(rows, title="Boise is below")

    said = shown('{% include "pages/chart.html" with csv="/x.csv" %}', chart=chart)

    table = said[said.index("<table") :]
    assert [word in table for word in ("Boise", "82", "79", "85", "844", "Rest")] == [True] * 6
    assert 'href="/x.csv"' in said


@pytest.mark.parametrize("person", [None, {"name": "Ada", "email": "ada@example.gov"}])
def test_a_public_page_holds_no_token_and_so_sets_no_cookie(person: object) -> None:
    engine = engines["django"].engine  # type: ignore[attr-defined]
    from django.template import Context

    said = engine.from_string('{% extends "pages/base.html" %}').render(
        Context({"person": person, "csrf_token": "token-here"})
    )

    assert ("token-here" in said) is (person is not None)
