"""The data dictionary: each column of the measures, its meaning, its unit, when it is empty.

The API, the CSV header and the page about the data are all made from this list.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cx280.circular.implements import implements
from cx280.opendata.rules.published import Figure

MOST_POINTS = 10  # the longest scale


@dataclass(frozen=True, slots=True)
class Field:
    """A column. type: of its JSON value. empty: when there is no value, in words."""

    name: str
    type: Any
    meaning: str
    value: Callable[[Figure], Any]
    unit: str = ""
    empty: str = "never"

    @property
    def type_name(self) -> str:
        """The type as a reader of JSON knows it."""
        return _TYPES[self.type]


_TYPES = {
    str: "text",
    bool: "true or false",
    date: "date",
    int | None: "whole number",
    float | None: "number",
    date | None: "date",
    list[int | None] | None: "list of whole numbers",
}
_HIDDEN = "fewer people than the smallest group that is shown"
_FEW = f"{_HIDDEN}; then “suppressed” is true"

FIELDS: tuple[Field, ...] = (
    Field("id", str, "Names the row; the same in every download.", lambda f: f.id),
    Field("quarter", str, "Federal fiscal quarter, such as FY2022 Q2 (January to March 2022).",
          lambda f: f.published.content.quarter),
    Field("starts_on", date, "First day of the quarter.",
          lambda f: f.published.content.starts_on, "day"),
    Field("ends_on", date, "Last day of the quarter, included.",
          lambda f: f.published.content.ends_on, "day"),
    Field("agency", str, "Code of the agency.", lambda f: f.published.content.agency.code),
    Field("agency_name", str, "Name of the agency.", lambda f: f.published.content.agency.name),
    Field("provider", str, "Code of the High-Impact Service Provider.",
          lambda f: f.published.content.hisp.code),
    Field("provider_name", str, "Name of the High-Impact Service Provider.",
          lambda f: f.published.content.hisp.name),
    Field("service", str, "Code of the service; filters and addresses use it.",
          lambda f: f.published.content.service.code),
    Field("service_name", str, "Name of the service.",
          lambda f: f.published.content.service.name),
    Field("source", str, "A release of cx280, or where an earlier report was published.",
          lambda f: f.published.source.words),
    Field("release", int | None, "Number of the release. Releases never change.",
          lambda f: f.published.source.release, "", "an earlier report, published elsewhere"),
    Field("published_on", date | None, "Day of the release.",
          lambda f: f.published.source.published_on, "day",
          "an earlier report, published elsewhere"),
    Field("survey", str, "Code of the survey.", lambda f: f.survey.code),
    Field("survey_title", str, "Title of the survey.", lambda f: f.survey.title),
    Field("channel", str, "Where the service was given, such as website, phone, in_person.",
          lambda f: f.survey.channel, "", "not reported"),
    Field("transaction_point", str, "The step of the journey after which people were asked.",
          lambda f: f.survey.transaction_point, "", "not reported"),
    Field("control_number", str, "OMB control number of the survey.",
          lambda f: f.survey.control_number, "", "not reported"),
    Field("customers", int | None, "People served at this point in the quarter.",
          lambda f: f.survey.volumes.customers, "people", "not known"),
    Field("offered", int | None, "People who were offered the survey.",
          lambda f: f.survey.volumes.offered, "people", "nobody knows, as with a plain link"),
    Field("respondents", int | None, "People who answered the survey.",
          lambda f: f.survey.volumes.respondents, "people", f"not known, or {_HIDDEN}"),
    Field("response_rate", float | None, "respondents / offered.",
          lambda f: _rounded(f.survey.response_rate), "share, 0 to 1", "not computable"),
    Field("self_selected", bool, "People found the survey by themselves, so nothing is known of"
          " those who did not answer and no margin of error is given.",
          lambda f: f.survey.self_selected),
    Field("question", str, "Id of the question within its survey.", lambda f: f.question.id),
    Field("construct", str, "What the question measures: trust, satisfaction, effectiveness,"
          " ease, efficiency, equity, transparency, employee, or drivers people chose.",
          lambda f: f.question.construct),
    Field("driver", str, "The driver of experience the question or the choice informs.",
          lambda f: f.tap.driver if f.tap else f.question.driver or "", "", "it informs none"),
    Field("polarity", str, "Of a chosen driver: how those it was shown to had rated (high, middle,"
          " low, all). A choice under a low rating is a complaint.",
          lambda f: f.tap.polarity if f.tap else "", "", "a question with a scale"),
    Field("text", str, "The question, or the choice, word for word.",
          lambda f: f.tap.text if f.tap else f.question.text, "", "not reported"),
    Field("statement", str, "Id of the Circular’s statement the question follows, such as T1.",
          lambda f: f.question.statement, "", "words of its own"),
    Field("wording", str, "How close to that statement: exact, slot-filled, minor, modified.",
          lambda f: f.question.wording, "", "a choice of drivers"),
    Field("scale", str, "How people answered: agree5, agree10, stars5, yesno …; earlier reports"
          " hold every scale in five columns.", lambda f: f.question.scale, "",
          "a choice of drivers"),
    Field("key", str, "The comparability key. Figures may be compared, added up or ranked only"
          " where their keys are equal.", lambda f: f.question.comparable),
    Field("counts", list[int | None] | None, "How many gave each answer, lowest first. Of a chosen"
          " driver: how many did not choose it, and how many did. In CSV: count_1 to count_10.",
          lambda f: _counts(f), "people", f"null stands for {_HIDDEN}"),
    Field("n", int | None, "How many people answered the question; of a chosen driver, how many"
          " it was shown to.", lambda f: f.n, "people", _FEW),
    Field("share", float | None, "The part that gave one of the two highest answers (or yes); of a"
          " chosen driver, the part that chose it.", lambda f: _rounded(f.share),
          "share, 0 to 1", f"nobody answered, or {_FEW}"),
    Field("low", float | None, "Lower end of the 95 % interval of the share (Wilson).",
          lambda f: _rounded(f.interval[0] if f.interval else None), "share, 0 to 1",
          "no margin of error applies"),
    Field("high", float | None, "Upper end of the same interval.",
          lambda f: _rounded(f.interval[1] if f.interval else None), "share, 0 to 1",
          "no margin of error applies"),
    Field("mean", float | None, "Mean of the answers on their scale, to two decimals. Never for"
          " chosen drivers.", lambda f: None if f.tap else f.question.mean, "points of the scale",
          f"the scale has no mean, or {_HIDDEN}"),
    Field("noise_epsilon", float | None, "Privacy budget of the random noise in every count of the"
          " release: what one person's answers to one survey spend.",
          lambda f: noise.epsilon if (noise := f.published.content.noise) else None, "",
          "nothing was added, as is the rule"),
    Field("noise_error", float | None, "How far a count is off on average because of the noise.",
          lambda f: noise.expected_error if (noise := f.published.content.noise) else None,
          "people", "nothing was added, as is the rule"),
    Field("suppressed", bool, "Whether any figure of the row is withheld because too few people"
          " stand behind it.", lambda f: f.is_suppressed),
    Field("why_suppressed", str, "What is withheld and why, in words.",
          lambda f: f.question.withheld, "", "nothing is withheld"),
    Field("changed", str, "What differs from the question that stood here a quarter before.",
          lambda f: f.question.changed or "", "", "nothing, or not known"),
)  # fmt: skip


@implements("280.14-c2")
def row_of(figure: Figure) -> dict[str, Any]:
    """The row of a figure: a value for each field of the dictionary."""
    return {each.name: each.value(figure) for each in FIELDS}


def csv_header() -> list[str]:
    """The columns of the CSV file; the list of counts takes ten of them."""
    return [name for each in FIELDS for name in _columns(each)]


def csv_row(row: Mapping[str, Any]) -> list[object]:
    """The cells of a row under `csv_header`."""
    cells: list[object] = []
    for each in FIELDS:
        if each.name == "counts":
            counts = list(row["counts"] or [])[:MOST_POINTS]
            cells += [*counts, *[None] * (MOST_POINTS - len(counts))]
        else:
            cells.append(row[each.name])
    return cells


def _columns(field: Field) -> list[str]:
    if field.name != "counts":
        return [field.name]
    return [f"count_{point}" for point in range(1, MOST_POINTS + 1)]


def _counts(figure: Figure) -> list[int | None] | None:
    if figure.tap is None:
        return figure.question.counts
    if figure.tap.tapped is None or figure.tap.shown is None:
        return None
    return [figure.tap.shown - figure.tap.tapped, figure.tap.tapped]


def _rounded(share: float | None) -> float | None:
    """Six decimals: more than any survey knows, and the same on every machine."""
    return None if share is None else round(share, 6)
