"""Published quarters for tests: contents, releases in the record, reports of earlier quarters."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

from msgspec.structs import replace

from cx280.kernel.quarter import Quarter
from cx280.measures.rules.comparability import Key
from cx280.opendata.rules.published import Published, Source
from cx280.reporting.models import Release, ReportedQuestion, ReportedRow
from cx280.reporting.rules.content import Content, Named, NamedService, Question, as_json, digest
from cx280.reporting.rules.publishing import public_version
from cx280.services.models import Hisp, Service
from tests.builders import a_hisp, a_service, an_agency
from tests.reporting.contents import a_content, a_question, a_survey_report

_count = itertools.count(1)
T1 = Key("transaction", "trust_change", "T1", "slot-filled", "agree5", "web").written
T2 = Key("transaction", "trust_level", "T2", "slot-filled", "agree5", "web").written
S2 = Key("transaction", "satisfaction", "S2", "slot-filled", "agree5", "web").written


def trust(counts: list[int] | None = None, key: str = T1, **fields: Any) -> Question:
    """A trust question with that key."""
    return a_question("trust", counts, comparable=key, **fields)


def satisfaction(counts: list[int] | None = None, key: str = S2, **fields: Any) -> Question:
    """A satisfaction question with that key."""
    return a_question("satisfaction", counts, comparable=key, **fields)


def a_quarter(
    *questions: Question, quarter: str = "FY2022 Q2", service: str = "boats", **survey: Any
) -> Content:
    """The signed content of a service's quarter with one survey of these questions."""
    period = Quarter.parse(quarter)
    asked = list(questions) or [trust(), satisfaction()]
    return a_content(
        quarter=quarter,
        starts_on=period.first_day,
        ends_on=period.last_day,
        service=NamedService(code=service, name=service.title(), service_type="administrative"),
        surveys=[a_survey_report(questions=asked, **survey)],
    )


def published(*questions: Question, **fields: Any) -> Published:
    """The quarter as a release shows it."""
    content = public_version(a_quarter(*questions, **fields), 10)
    return Published(content, Source(next(_count), "Release", date(2022, 5, 2)))


def a_provider() -> tuple[Hisp, Service]:
    """A provider with one service."""
    agency = an_agency()
    hisp = a_hisp(agency)
    return hisp, a_service(agency, hisp=hisp)


def a_release(
    service: Service, content: Content | None = None, *, smallest: int = 10, **fields: Any
) -> Release:
    """A release in the record; its content names the service as the record does."""
    assert service.hisp is not None
    given = content or a_quarter()
    shown = replace(
        public_version(given, smallest),
        agency=Named(code=service.owner.code, name=service.owner.name),
        hisp=Named(code=service.hisp.code, name=service.hisp.name),
        service=NamedService(code=service.code, name=service.name, service_type="administrative"),
    )
    quarter = Quarter.parse(shown.quarter)
    return Release.objects.create(
        **{
            "number": next(_count),
            "fiscal_year": quarter.fiscal_year,
            "quarter": quarter.number,
            "hisp": service.hisp,
            "service": service,
            "source": "cx280",
            "content": as_json(shown),
            "digest": digest(shown),
            "published_at": datetime(2022, 5, 2, 15, tzinfo=UTC),
            **fields,
        }
    )


def a_reported_row(
    service: Service, counts: list[int] | None = None, quarter: str = "FY2021 Q4", **fields: Any
) -> ReportedRow:
    """A report of an earlier quarter with one question about satisfaction."""
    period = Quarter.parse(quarter)
    row = ReportedRow.objects.create(
        **{
            "source_id": f"hisp:{next(_count)}",
            "hisp": service.hisp,
            "service": service,
            "fiscal_year": period.fiscal_year,
            "quarter": period.number,
            "channel": "website",
            "offered": 4000,
            "respondents": 400,
            **fields,
        }
    )
    ReportedQuestion.objects.create(
        row=row,
        position=1,
        text="I am satisfied with the service I received.",
        construct="satisfaction",
        statement="S2",
        wording="slot-filled",
        scale="agree5",
        comparable=S2,
        counts=counts or [40, 20, 40, 100, 200],
        mean=4.0,
    )
    return row
