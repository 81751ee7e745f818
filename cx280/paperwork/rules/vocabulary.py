"""The closed word lists of the template for an individual request (version of May 13, 2024)."""

from __future__ import annotations

from cx280.circular.implements import implements
from cx280.kernel.words import Word


class Activity(Word):
    """What is done; the values are those of a collection's kind."""

    CUSTOMER_RESEARCH = "customer_research", "Customer research (interviews, focus groups, surveys)"
    SURVEY = "survey", "Customer feedback survey"
    USABILITY_TEST = "usability_test", "Usability testing of products or services"


class Way(Word):
    """How the information is collected; several may apply."""

    WEB = "web", "Web-based or other forms of social media"
    TELEPHONE = "telephone", "Telephone"
    IN_PERSON = "in_person", "In-person"
    MAIL = "mail", "Mail"
    OTHER = "other", "Other, explain"


class Reported(Word):
    """Whether results go into the quarterly report of Section 280."""

    YES = "yes", "Yes"
    NO = "no", "No"
    NOT_SURVEY = "not_survey", "Not a survey"


class YesNo(Word):
    """An answer to a plain question."""

    YES = "yes", "Yes"
    NO = "no", "No"


class Category(Word):
    """Whose time is counted. Federal employees stand in the table and outside of its total."""

    INDIVIDUALS = "individuals", "Individuals or households"
    PRIVATE = "private", "Private sector"
    GOVERNMENTS = "governments", "State, local, or tribal governments"
    FEDERAL = "federal", "Federal Government"

    @property
    def counts(self) -> bool:
        """Whether its time is burden on the public (INC-28)."""
        return self is not Category.FEDERAL


@implements("280.11-a3")
class Certification(Word):
    """The eight things a named person certifies."""

    VOLUNTARY = "voluntary", "The collection is voluntary."
    LOW_BURDEN = (
        "low_burden",
        "The collection is low-burden for respondents and low-cost for the Federal Government.",
    )
    NON_CONTROVERSIAL = (
        "non_controversial",
        "The collection is non-controversial and raises no issues of concern to other Federal"
        " agencies.",
    )
    EXPERIENCED = (
        "experienced",
        "The collection asks for the opinions of people who have experience with the program, or"
        " may have it in the near future.",
    )
    PERSONAL_DATA = (
        "personal_data",
        "Personally identifiable information is collected only as far as necessary and is not"
        " retained.",
    )
    IMPROVEMENT = (
        "improvement",
        "What is gathered is for general service improvement and program management.",
    )
    QUARTERLY = (
        "quarterly",
        "The agency follows the procedures of OMB Circular A-11 Section 280 for the quarterly"
        " reporting of trust and experience drivers to OMB.",
    )
    RELEASE = (
        "release",
        "Outside of that reporting, any other release carries its caveats and goes to OMB first.",
    )
