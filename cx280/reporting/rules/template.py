"""Where each question stands in the reporting template of 2021 to 2023: q1 to q11."""

from cx280.reporting.rules.content import Question, SurveyReport

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
