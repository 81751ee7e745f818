"""Where each question stands in the reporting template of 2021 to 2023: q1 to q11."""

from cx280.circular.implements import implements
from cx280.kernel.quarter import Quarter
from cx280.reporting.rules import operational_metrics
from cx280.reporting.rules.content import Content, Question, SurveyReport

# q6 is one place for equity and transparency, which are two constructs (INC-09).
PLACES = {
    "satisfaction": 1,
    "trust": 2,
    "effectiveness": 3,
    "ease": 4,
    "efficiency": 5,
    "equity": 6,
    "transparency": 6,
    "employee": 7,
}
FIRST_FREE = 8
LAST = 11
POINTS = 5


def in_template_places(survey: SurveyReport) -> list[tuple[int, Question]]:
    """(place, question) for each scale question, by place.

    The first question about a construct has the construct's place; any other question follows
    from place 8 on. The template ends at 11; places beyond it are for cx280's own tables.
    """
    taken: dict[int, Question] = {}
    free = FIRST_FREE
    for question in survey.questions:
        if not question.is_scale or (question.counts is None and not question.withheld):
            continue
        place = PLACES.get(question.construct, free)
        if place in taken:
            place = free
        if place == free:
            free += 1
        taken[place] = question
    return sorted(taken.items())


@implements("280.15-a2", "280.15-a3")
def template_row(content: Content, place: int, source_id: str) -> dict[str, str]:
    """One survey of the content under the names of the 92 columns; absent names are blank.

    source_id: the row's id. Counts that a scale of five points has fill the columns; driver
    choices and other scales go, as they are, into the free text: never onto a scale of 1 to 5.
    """
    survey = content.surveys[place]
    quarter = Quarter.parse(content.quarter)
    agency, hisp = content.agency, content.hisp
    volumes = survey.volumes
    row = {
        "id": source_id,
        "collection_id": f"{content.service.code}:{content.quarter}",
        "collection_year": str(quarter.fiscal_year),
        "collection_quarter": str(quarter.number),
        "collection_name": f"CX Quarterly Reporting {content.quarter}",
        "collection_organization_id": agency.code,
        "collection_organization_name": agency.name,
        "collection_organization_abbreviation": agency.code,
        "service_provider_id": hisp.code,
        "service_provider_name": hisp.name,
        "service_provider_organization_id": agency.code,
        "service_provider_organization_name": agency.name,
        "service_provider_organization_abbreviation": agency.code,
        "service_provided": content.service.name,
        "service_id": content.service.code,
        "service_name": content.service.name,
        "transaction_point": survey.transaction_point,
        "channel": survey.channel,
        "volume_of_customers": _written(_customers(content, survey)),
        "volume_of_customers_provided_survey_opportunity": _written(volumes.offered),
        "volume_of_respondents": _written(volumes.respondents),
        "omb_control_number": survey.control_number,
        "federal_register_url": "",
        "operational_metrics": _free_text(content, survey),
    }
    for number, question in in_template_places(survey):
        if number <= LAST:
            row.update(_question_cells(number, question))
    return row


def _customers(content: Content, survey: SurveyReport) -> int | None:
    """The survey's own customers; those of the service where it has only this survey."""
    if survey.volumes.customers is not None or len(content.surveys) > 1:
        return survey.volumes.customers
    return content.customers_served


def _question_cells(number: int, question: Question) -> dict[str, str]:
    """The cells of one question: its words, and its counts where they have five points."""
    cells = {f"q{number}_text": question.text}
    if fits(question):
        for point, count in enumerate(question.counts or [None] * POINTS, start=1):
            cells[f"q{number}_{point}"] = _written(count)
    return cells


def fits(question: Question) -> bool:
    """Whether the template's five columns hold the question's scale."""
    return question.scale in {"agree5", "stars5"}


def _free_text(content: Content, survey: SurveyReport) -> str:
    lines = [operational_metrics.written(content.indicators)]
    for number, question in in_template_places(survey):
        if not fits(question) and question.counts is not None:
            counts = " ".join(_written(each) or "-" for each in question.counts)
            lines.append(f"q{number} counts, {question.scale}, lowest first: {counts}")
    for question in survey.questions:
        for tap in question.taps:
            if tap.tapped is not None and tap.shown is not None:
                lines.append(
                    f"Tapped, {tap.driver} ({tap.polarity} ratings): {tap.tapped} of {tap.shown}"
                )
    return "\n".join(each for each in lines if each)


def _written(number: int | None) -> str:
    return "" if number is None else str(number)
