"""Due dates: the published day wins, the rule gives the rest, the safe day is a business day."""

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cx280.circular.commands import deadlines
from cx280.circular.deadlines import (
    Due,
    Standing,
    binds,
    edition_for,
    obligations_of,
    quarter_due,
    standing,
)
from cx280.circular.edition import FOLDER, Edition, edition, read_edition
from cx280.kernel.business_days import is_business_day, last_business_day
from cx280.kernel.problem import Unusable
from cx280.kernel.quarter import Quarter

FY2022 = edition("FY2022")
YEARS = st.integers(2011, 2040)


def _quarterly(year: int) -> list[Due]:
    return [each for each in obligations_of(FY2022, year) if each.obligation == "quarterly"]


def _yearly(code: str, year: int) -> Due:
    return next(each for each in obligations_of(FY2022, year) if each.obligation == code)


@pytest.mark.proves("280.16-a4", "INC-01")
def test_the_four_published_days_of_2022_win_over_the_rule_and_both_are_kept() -> None:
    dues = _quarterly(2022)

    assert [each.due.isoformat() for each in dues] == [
        "2022-01-28", "2022-04-29", "2022-07-29", "2022-10-28",
    ]  # fmt: skip
    assert [each.rule_date.isoformat() for each in dues] == [
        "2022-01-31", "2022-04-29", "2022-07-29", "2022-10-31",
    ]  # fmt: skip
    assert all(each.published and each.source == "280.16-a4" for each in dues)
    assert "Friday, January 28, 2022; the rule alone gives Monday, January 31" in dues[0].why


@pytest.mark.proves("INC-01")
def test_lateness_is_measured_on_the_published_day() -> None:
    due = quarter_due(FY2022, Quarter.parse("FY2022 Q1"))

    assert due.days_late(date(2022, 1, 28)) == 0
    assert due.days_late(date(2022, 1, 31)) == 3  # in time by the rule, late by the printed day


@pytest.mark.proves("280.16-a3")
def test_a_year_without_published_days_follows_the_rule() -> None:
    dues = _quarterly(2024)

    assert [each.due.isoformat() for each in dues] == [
        "2024-01-31", "2024-04-30", "2024-07-31", "2024-10-31",
    ]  # fmt: skip
    assert not any(each.published for each in dues)
    assert "280.16-a3" in dues[0].why


@pytest.mark.proves("280.16-a3")
@given(YEARS, st.integers(1, 4))
def test_the_rule_is_the_last_business_day_of_the_month_after_the_quarter(
    year: int, number: int
) -> None:
    quarter = Quarter(year, number)

    rule_date = quarter_due(FY2022, quarter).rule_date

    month_after = quarter.last_day.month % 12 + 1
    assert rule_date == last_business_day(rule_date.year, month_after)
    assert 0 < (rule_date - quarter.last_day).days <= 31


@pytest.mark.proves("INC-35")
def test_a_yearly_day_that_is_no_business_day_stays_and_is_acted_on_before() -> None:
    designation = _yearly("designation", 2022)
    assessment = _yearly("capacity_assessment", 2024)
    plan = _yearly("action_plan", 2021)

    assert (designation.due, designation.act_by) == (date(2021, 12, 31), date(2021, 12, 30))
    assert (assessment.due, assessment.act_by) == (date(2024, 2, 24), date(2024, 2, 23))
    assert (plan.due, plan.act_by) == (date(2021, 5, 31), date(2021, 5, 28))  # Memorial Day


@pytest.mark.proves("INC-35", "INC-01")
@given(YEARS)
def test_the_safe_day_is_a_business_day_never_after_the_due_day_or_the_rule(year: int) -> None:
    for due in obligations_of(FY2022, year):
        assert is_business_day(due.act_by)
        assert due.act_by <= min(due.due, due.rule_date)


@pytest.mark.proves("INC-34")
@given(YEARS)
def test_every_day_owed_in_a_fiscal_year_is_keyed_by_it(year: int) -> None:
    dues = obligations_of(FY2022, year)

    assert len(dues) == 8
    assert all(each.period.startswith(f"FY{year}") for each in dues)
    assert _yearly("designation", year).due == date(year - 1, 12, 31)
    assert _yearly("deep_dive", year).due == date(year, 3, 31)
    assert dues == sorted(dues, key=lambda each: (each.due, each.obligation))


@pytest.mark.proves("INC-02")
def test_what_fell_due_before_the_edition_or_the_designation_does_not_bind() -> None:
    january, april, *_ = _quarterly(2022)

    assert january.before_edition
    assert not binds(january, designated_on=date(2021, 1, 1))
    assert binds(april, designated_on=date(2022, 4, 29))
    assert not binds(april, designated_on=date(2022, 4, 30))


def test_an_obligation_is_open_then_missing_or_on_time_or_late() -> None:
    due = quarter_due(FY2022, Quarter.parse("FY2022 Q2"))
    friday, monday = date(2022, 4, 29), date(2022, 5, 2)

    assert standing(due, None, friday) is Standing.OPEN
    assert standing(due, None, monday) is Standing.MISSING
    assert standing(due, friday, monday) is Standing.ON_TIME
    assert standing(due, monday, monday) is Standing.LATE


def _edition_with(tmp_path: Path, old: str, new: str) -> Edition:
    text = (FOLDER / "fy2022.toml").read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "changed.toml"
    changed.write_text(text.replace(old, new), encoding="utf-8")
    return read_edition(changed)


@pytest.mark.proves("280.0-a1")
def test_changing_one_edition_record_changes_every_due_date_made_from_it(tmp_path: Path) -> None:
    changed = _edition_with(tmp_path, "month = 2\nday = 24", "month = 3\nday = 7")

    before = {each.obligation: each.due for each in obligations_of(FY2022, 2025)}
    after = {each.obligation: each.due for each in obligations_of(changed, 2025)}

    assert after.pop("capacity_assessment") == date(2025, 3, 7)
    assert before.pop("capacity_assessment") == date(2025, 2, 24)
    assert after == before


@pytest.mark.proves("280.0-a1")
def test_a_due_date_names_the_edition_it_was_made_under(tmp_path: Path) -> None:
    other = _edition_with(tmp_path, 'id = "FY2022"', 'id = "FY2099"')

    assert {each.edition for each in obligations_of(FY2022, 2025)} == {"FY2022"}
    assert {each.edition for each in obligations_of(other, 2025)} == {"FY2099"}


def test_a_later_year_borrows_the_rules_of_the_last_edition_before_it() -> None:
    assert edition_for(2022).id == "FY2022"
    assert edition_for(2031).id == "FY2022"


def test_a_year_before_the_first_edition_is_refused() -> None:
    with pytest.raises(Unusable, match="No edition covers FY2019"):
        edition_for(2019)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("month = 5\nday = 31", "", "is not an edition"),
        ("month = 2\nday = 24", "month = 2\nday = 29", "day is out of range"),
        ('"last-business-day-of-next-month"', '"some-day"', "some-day"),
        ('"FY2022 Q1" = 2022-01-28', '"FY2022 Q1" = "soon"', "published without a date"),
    ],
)
def test_a_rule_nobody_can_compute_is_refused_by_name(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    with pytest.raises(Unusable, match=said):
        _edition_with(tmp_path, old, new)


@pytest.mark.proves("INC-24")
def test_an_obligation_belongs_to_an_enterprise_a_service_or_a_moment(tmp_path: Path) -> None:
    moment = _edition_with(tmp_path, 'scope = "service"', 'scope = "moment"')

    by_code = {each.obligation: each.scope for each in obligations_of(FY2022, 2022)}

    assert by_code == {
        "designation": "enterprise",
        "quarterly": "service",
        "capacity_assessment": "enterprise",
        "deep_dive": "enterprise",
        "action_plan": "enterprise",
    }
    assert quarter_due(moment, Quarter(2022, 1)).scope == "moment"
    with pytest.raises(Unusable, match="'village' is not a valid Scope"):
        _edition_with(tmp_path, 'scope = "service"', 'scope = "village"')


def test_an_edition_without_quarterly_reports_says_so(tmp_path: Path) -> None:
    yearly = _edition_with(
        tmp_path, '"last-business-day-of-next-month"', '"day-of-fiscal-year"\nmonth = 6\nday = 1'
    )

    with pytest.raises(Unusable, match="asks for nothing each quarter"):
        quarter_due(yearly, Quarter(2025, 1))


def test_the_command_prints_the_contract_as_json() -> None:
    printed = CliRunner().invoke(deadlines, ["FY2022", "--json"])

    rows = json.loads(printed.output)
    assert list(rows[0]) == [
        "obligation", "scope", "period", "due", "rule_date", "act_by", "source",
    ]  # fmt: skip
    assert [row["due"] for row in rows if row["obligation"] == "quarterly"] == [
        "2022-01-28", "2022-04-29", "2022-07-29", "2022-10-28",
    ]  # fmt: skip


def test_the_command_says_in_words_which_day_won_and_whose_rules_these_are() -> None:
    published = CliRunner().invoke(deadlines, ["FY2022"]).output
    borrowed = CliRunner().invoke(deadlines, ["2024"]).output

    assert "* Published by OMB" in published
    assert "for information only" in published
    assert "FY2024 has no edition of its own here: the rules are FY2022’s." in borrowed


def test_the_command_refuses_what_is_no_year_and_no_edition() -> None:
    refused = CliRunner().invoke(deadlines, ["someday"])

    assert isinstance(refused.exception, Unusable)
