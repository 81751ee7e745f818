"""The words and parts that templates use: `{% load cx280 %}`; each is shown in pages/README.md."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from cx280.kernel.finding import Finding
from cx280.pages import fields, written
from cx280.pages.filters import Filter

register = template.Library()

# The words of a tab, and where it leads.
Tab = tuple[str, str]

SEVERITY_WORDS = {"error": "Must be fixed", "warn": "Needs a reason", "info": "Good to know"}


@register.filter
def percent(share: float | None, decimals: int = 0) -> str:
    """A share between 0 and 1 as `84 %`; `not known` for None."""
    return written.percent(share, decimals)


@register.filter
def points(change: float | None) -> str:
    """A difference of two shares as `up 3 points`, `down 1 point`, `no change`."""
    return written.points(change)


@register.filter
def number(value: float | int | None, decimals: int = 0) -> str:
    """A number with thousands separators: `7,105`; `not known` for None."""
    return written.number(value, decimals)


@register.filter
def longdate(day: date | datetime | None) -> str:
    """`Friday, January 28, 2022`; a moment is told in the agency's time zone."""
    return written.longdate(_local(day))


@register.filter
def day_of(written_day: date | str) -> date:
    """The day of an ISO string, as JSON keeps days; a day stays one."""
    return date.fromisoformat(written_day) if isinstance(written_day, str) else written_day


@register.filter
def shortdate(day: date | datetime | None) -> str:
    """`Jan 28, 2022`, for tables."""
    return written.shortdate(_local(day))


@register.filter
def interval(bounds: tuple[float, float] | None) -> str:
    """(0.83, 0.85) as `between 83 % and 85 %`."""
    return written.between(bounds)


@register.filter
def span(bounds: tuple[float, float] | None) -> str:
    """(0.83, 0.85) as `83 % to 85 %`, for tables."""
    return written.span(bounds)


@register.simple_tag
def n_of(part: int, whole: int | None, noun: str = "") -> str:
    """`412 of 9,800 people asked`; only the part when the whole is not known."""
    return written.n_of(part, whole, noun)


def _local(day: date | datetime | None) -> date | None:
    if isinstance(day, datetime):
        return timezone.localtime(day).date() if timezone.is_aware(day) else day.date()
    return day


@register.simple_tag
def rule(rule_id: str) -> SafeString:
    """A link to the text of the rule: `Rule 280.10-g2`; words alone until rules are published."""
    try:
        address = reverse("opendata:rule", args=[rule_id])
    except NoReverseMatch:
        return format_html('<span class="cx-rule">Rule {}</span>', rule_id)
    return format_html('<a class="cx-rule" href="{}">Rule {}</a>', address, rule_id)


@register.inclusion_tag("pages/findings.html")
def findings(
    found: Iterable[Finding | dict[str, Any]] | None, level: int = 3, *, only_words: bool = False
) -> dict[str, Any]:
    """What the checks found, worst first: words, what to do, the rule.

    only_words: where the words name the place themselves.
    """
    rows = [each.as_dict() if isinstance(each, Finding) else each for each in found or ()]
    order = list(SEVERITY_WORDS)
    rows.sort(key=lambda row: order.index(str(row["severity"])))
    return {
        "findings": [_told(row, only_words=only_words) for row in rows],
        "level": level,
    }


def _told(row: dict[str, Any], *, only_words: bool) -> dict[str, Any]:
    word = SEVERITY_WORDS[str(row["severity"])]
    if not only_words:
        return {**row, "word": word}
    return {**row, "where": None, "word": "Look at this" if row["severity"] == "warn" else word}


@register.inclusion_tag("pages/explained.html", takes_context=True)
def explained(
    context: Context, found: Iterable[Finding], reasons: Mapping[str, Any], address: str = ""
) -> dict[str, Any]:
    """The same, each warning with the reason why it stands, and a form for it at `address`.

    reasons: by Finding.stamp, each with text, person and written_at; "" for who may not write.
    """
    order = list(SEVERITY_WORDS)
    rows = [
        {
            "finding": each,
            "word": _told(each.as_dict(), only_words=True)["word"],
            "reason": reasons.get(each.stamp),
            "may_explain": bool(address) and each.severity == "warn",
        }
        for each in sorted(found, key=lambda each: order.index(each.severity.value))
    ]
    return {"rows": rows, "address": address, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("pages/field.html")
def field(bound: BoundField, hint: str = "", label: str = "") -> dict[str, Any]:
    """One input with its label, hint and error, as USWDS writes them."""
    return fields.parts(bound, hint=hint, label=label)


@register.inclusion_tag("pages/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """The list of what must be corrected, at the top of a form, each linked to its input."""
    return {"problems": fields.problems(form)}


@register.inclusion_tag("pages/stat.html")
def stat(
    label: str,
    value: str,
    sure: str = "",
    n: int | str | None = None,
    change: str = "",
    direction: str = "",
    tone: str = "",
) -> dict[str, Any]:
    """One figure of a row of figures: label, value, how sure, n and change in words.

    direction: `better` or `worse` colours the change; tone: `trust` or `satisfaction`.
    """
    return {
        "label": label,
        "value": value,
        "sure": sure,
        "n": n if isinstance(n, str) or n is None else f"n {written.number(n)}",
        "change": change,
        "direction": direction,
        "tone": tone,
    }


@register.inclusion_tag("pages/tabs.html", takes_context=True)
def tabs(
    context: Context, entries: Iterable[tuple[str, str | Sequence[Tab]]], name: str = "Parts"
) -> dict[str, Any]:
    """Links between the parts of one thing: (words, address) pairs; the open one is marked.

    Instead of an address there may be several pairs: they stand in a second row while one is open.
    """
    request = context.get("request")
    here = request.path if request else ""
    groups = [
        (label, [(label, parts)] if isinstance(parts, str) else parts) for label, parts in entries
    ]
    first = [
        _tab(label, parts[0][1], any(_is_here(each, here) for _, each in parts))
        for label, parts in groups
    ]
    second: dict[str, object] = {}
    for label, parts in groups:
        if len(parts) > 1 and any(_is_here(each, here) for _, each in parts):
            found = [_tab(words, each, _is_here(each, here)) for words, each in parts]
            second = {"second": found, "second_name": label}
    return {"name": name, "tabs": first, **second}


def _tab(label: str, address: str, is_current: bool) -> dict[str, object]:
    return {"label": label, "address": address, "is_current": is_current}


def _is_here(address: str, here: str) -> bool:
    return address.split("?")[0] == here


@register.inclusion_tag("pages/pagination.html", takes_context=True)
def pagination(context: Context, page: Page[Any], key: str = "page") -> dict[str, Any]:
    """Links to the other pages of a Django `Page`, keeping the filters of the address."""
    request = context.get("request")
    query = request.GET.copy() if request else None
    if query is not None:
        query.pop(key, None)
    kept = f"{query.urlencode()}&" if query else ""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "page": page,
        "stem": f"?{kept}{key}=",
        "numbers": [each if isinstance(each, int) else None for each in numbers],
    }


@register.inclusion_tag("pages/filter_bar.html", takes_context=True)
def filter_bar(context: Context, filters: Iterable[Filter]) -> dict[str, Any]:
    """One form of small selects for the whole page; the rest of the address stays as it is."""
    request = context.get("request")
    chosen = list(filters)
    names = {each.name for each in chosen} | {"page"}
    given = request.GET.lists() if request else []
    kept = [(name, value) for name, values in given if name not in names for value in values]
    return {"filters": chosen, "kept": kept}


class Keep(template.Node):
    """Renders what is inside and keeps it in the context, so that a block may be shown twice."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        context[self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308
        return mark_safe("")


@register.tag
def keep(parser: Parser, token: Token) -> Keep:
    """`{% keep name %}…{% endkeep %}`: the rendered inside as variable `name`."""
    _, name = token.split_contents()
    nodelist = parser.parse(("endkeep",))
    parser.delete_first_token()
    return Keep(nodelist, name)
