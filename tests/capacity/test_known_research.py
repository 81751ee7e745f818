"""What an assessment knows of research with customers and of talks with OMB."""

from __future__ import annotations

from datetime import date

import pytest

from cx280.accounts.rules import Role
from cx280.capacity.queries.known import KNOWN, known_for
from cx280.capacity.queries.known.subject import Subject
from tests.builders import a_hisp, a_person
from tests.deep_dive.builders import a_planned_talk, held
from tests.research.builders import a_round, a_study, an_agency_that_asks, an_insight


@pytest.mark.django_db
@pytest.mark.proves("280.17-d2", "280.9-e2", "280.9-e4", "280.9-f2", "280.9-b3")
def test_studies_rounds_insights_and_deep_dives_of_the_year_are_known() -> None:
    studied = an_agency_that_asks()
    hisp, lead = a_hisp(studied.agency), a_person(Role.CX_LEAD, studied.agency)
    studied.service.hisp = hisp
    studied.service.save()
    a_study(studied)
    a_study(studied, title="Next year", starts_on=date(2023, 10, 2), ends_on=date(2023, 10, 9))
    a_round(studied)
    a_round(studied, held_on=date(2023, 8, 1))
    an_insight(studied, "People look for the price first.")
    held(a_planned_talk(hisp, lead), lead)

    found = known_for(Subject(studied.agency, hisp, 2023, date(2023, 7, 1)), list(KNOWN))
    nothing = known_for(Subject(studied.agency, None, 2020, date(2020, 7, 1)), list(KNOWN))

    told = "Study “Why people give up”: interviews, qualitative: in words, 7 took part"
    for name in ("methods", "journeys"):
        assert [each.words for each in found[name] if "Study" in each.words] == [told]
    assert [each.count for each in found["telemetry"]] == [5]
    assert "was tried with 5 customers on 2023-03-20" in found["telemetry"][0].words
    assert "1 insight kept" in found["insights"][-1].words
    assert found["reviews"][-1].words == "Deep dive with OMB on 2023-03-31: Mend the wait."
    for name in ("methods", "journeys", "telemetry", "insights", "reviews"):
        assert nothing[name] == []
