"""What a sample says of everybody: weights that sum to the population, and its doubt."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.delivery.actions.deciding import decide_for_program
from cx280.measures.commands import estimate
from cx280.responses import exporting, queries
from cx280.responses.queries.weighted import sample_of
from cx280.responses.rules.weighting import weigh, weights_by_group
from cx280.responses.starts import starts
from cx280.surveys.models import Survey
from tests.builders import a_document, a_person, a_response, a_survey
from tests.delivery.builders import a_plan, an_open_survey, handed

pytestmark = pytest.mark.proves("280.10-m2")
groups = st.sampled_from(["", "es", "portland"])


@given(
    st.lists(groups, min_size=1, max_size=60),
    st.fixed_dictionaries({each: st.integers(60, 500) for each in ("", "es", "portland")}),
)
def test_weights_sum_to_the_people_of_the_groups_that_answered(
    strata: list[str], population: dict[str, int]
) -> None:
    weights = weights_by_group(strata, population)

    assert sum(weights[each] for each in strata) == pytest.approx(
        sum(population[each] for each in set(strata))
    )


@given(st.lists(st.tuples(groups, st.booleans()), min_size=1, max_size=80))
def test_the_weighted_share_is_that_of_groups_put_together_by_hand(
    answers: list[tuple[str, bool]],
) -> None:
    population = {"": 900, "es": 200, "portland": 100}
    found = weigh([each for each, _ in answers], [each for _, each in answers], population)

    assert found is not None
    met = {each for each, _ in answers}
    by_hand = sum(
        population[group] * np.mean([yes for each, yes in answers if each == group])
        for group in met
    ) / sum(population[group] for group in met)
    assert found.weighted.value == pytest.approx(by_hand)
    assert found.weighted.low - 1e-9 <= by_hand <= found.weighted.high + 1e-9
    assert found.covered == pytest.approx(sum(population[each] for each in met) / 1200)


def test_a_group_nobody_handed_over_and_more_answers_than_people_break_nothing() -> None:
    assert weigh(["made-up"], [True], {"es": 10}) is None
    found = weigh(["es"] * 5, [True] * 4 + [False], {"es": 3})
    assert found is not None
    assert found.weighted.value == 0.8


@pytest.fixture
def survey() -> Survey:
    """Spanish speakers are a tenth, are all drawn, answer more, and are less content."""
    asked = an_open_survey(survey=a_survey(draft=a_document(placement="prompt")))
    plan = a_plan(asked, method="stratified", rate=0.25, strata_by="language",
                  rates={"es": 1.0}, now=timezone.now() - timedelta(days=1))  # fmt: skip
    given_ = [handed(f"{i}", known_as="", language="es" if i % 10 == 0 else "en")
              for i in range(1000)]  # fmt: skip
    decide_for_program(plan.survey, handed=given_, now=timezone.now())
    version = plan.survey.versions.get()
    for language, content, others in (("es", 20, 20), ("en", 36, 4)):
        for place in range(content + others):
            trust = 5 if place < content else 1
            a_response(version, stratum=language, answers={"trust": trust, "ease": None})
    survey: Survey = plan.survey
    return survey


@pytest.mark.django_db
def test_the_sample_speaks_for_everybody_and_the_answers_for_themselves(survey: Survey) -> None:
    sample = sample_of(survey, smallest=10)

    assert sample is not None
    (trust,) = sample.questions
    assert trust.found.plain == pytest.approx(0.7)
    assert trust.found.weighted.value == pytest.approx(0.9 * 0.9 + 0.1 * 0.5)
    assert sample.weights == {"es": 2.5, "en": 22.5}
    assert [(group.name, group.handed, answers) for group, answers in sample.groups] == [
        ("en", 900, 40), ("es", 100, 40),
    ]  # fmt: skip
    assert sample_of(survey, smallest=81) is not None
    assert sample_of(survey, smallest=81).questions == []  # type: ignore[union-attr]


@pytest.mark.django_db
def test_the_file_with_weights_is_what_cx280_estimate_takes(survey: Survey, tmp_path: Path) -> None:
    header, rows = exporting.table_of(survey, queries.responses_of(survey), "weighted")
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    path = tmp_path / "answers.csv"
    path.write_text(text.getvalue(), encoding="utf-8")

    found = CliRunner().invoke(estimate, [
        str(path), "--measure", "trust", "--weights", "weight", "--strata", "group",
        "--fpc", "population", "--json",
    ])  # fmt: skip

    assert found.exit_code == 0, found.output
    assert '"mean": 4.44' in found.output  # 1 + 4 × 0.86


@pytest.mark.django_db
def test_the_page_labels_what_is_not_weighted_and_hides_what_is_few(
    survey: Survey, sign_in: Callable[[Person], Client], settings: object
) -> None:
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    page = client.get(f"/responses/{survey.code}/sample/").content.decode()
    page = page.replace("\N{NO-BREAK SPACE}", " ")

    assert "Of those who answered (not weighted)" in page
    assert '<td data-label="Of everybody (weighted)" class="cx-number">86 %</td>' in page
    assert "70 %" in page
    assert "How sure" in page
    settings.CX280_SMALLEST_CELL = 81  # type: ignore[attr-defined]
    page = client.get(f"/responses/{survey.code}/sample/").content.decode()
    assert "Fewer than 81 people have answered" in page
    assert "fewer than 81" in page


@pytest.mark.django_db
@pytest.mark.proves("INC-44")
def test_where_people_chose_to_answer_no_interval_is_shown(
    survey: Survey, sign_in: Callable[[Person], Client]
) -> None:
    version = survey.versions.get()
    version.document = {**version.document, "placement": "link"}
    version.save()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    page = client.get(f"/responses/{survey.code}/sample/").content.decode()

    assert "people chose to answer" in page
    assert "between" not in page.split("<tbody>")[1]


@pytest.mark.django_db
def test_without_a_plan_the_page_leads_to_one(sign_in: Callable[[Person], Client]) -> None:
    survey = an_open_survey()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, survey.service.owner))

    assert b"Choose a plan on" in client.get(f"/responses/{survey.code}/sample/").content


@pytest.mark.django_db
def test_the_group_travels_from_the_link_to_the_answer(client: Client) -> None:
    survey = an_open_survey()

    page = client.get(f"/s/{survey.code}/?group=es").content.decode()
    token = page.split('name="_page" value="')[1].split('"')[0]
    client.post(f"/s/{survey.code}/", {"_page": token, "_lang": "en", "trust": "5"})

    assert queries.responses_of(survey).get().stratum == "es"
    starts.flush()
