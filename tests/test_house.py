"""The builders make valid things."""

import pytest

from tests.builders import a_designation, a_hisp, a_journey, a_survey


@pytest.mark.django_db
def test_the_builders_make_a_whole_service() -> None:
    survey = a_survey()

    a_journey(survey.service)
    a_designation(a_hisp(survey.service.owner), survey.service)

    assert survey.draft["questions"][0]["construct"] == "trust"
