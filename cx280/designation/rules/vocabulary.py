"""The words of proposals, of meetings and of service assessments."""

from cx280.kernel.words import Word


class Stage(Word):
    """Where a proposal stands."""

    DRAFT = "draft", "Draft"
    SIGNED = "signed", "With OMB"
    RETURNED = "returned", "Returned by OMB"
    CONCURRED = "concurred", "OMB concurred"

    @property
    def is_open(self) -> bool:
        """Whether the agency may write in it."""
        return self in {Stage.DRAFT, Stage.RETURNED}


class Move(Word):
    """What somebody does to move a proposal; the label completes “It cannot be …”."""

    SIGN = "sign", "signed"
    RETURN = "return", "returned"
    CONCUR = "concur", "concurred with"


class Factor(Word):
    """What impact is weighed by (280.10-b1)."""

    CUSTOMERS = "customers", "Customers a year"
    COST = "cost", "Cost a year, in dollars"
    PRIORITY = "priority", "Customer priority, 1 to 5"


class About(Word):
    """What a meeting was about; each belongs to one provider and fiscal year."""

    DESIGNATION = "designation", "Which services to put forward"
    ASSESSMENT = "assessment", "The Capacity Assessment"
    PLAN = "plan", "The Action Plan"


class Office(Word):
    """Who comes together (280.13-b4, 280.13-b5): staff near customers, and six support offices."""

    PROGRAM = "program", "Program office staff"
    FIELD = "field", "Field office staff"
    CIO = "cio", "Chief Information Officer"
    CHCO = "chco", "Chief Human Capital Officer"
    CFO = "cfo", "Chief Financial Officer"
    PIO = "pio", "Performance Improvement Officer"
    EVALUATION = "evaluation", "Evaluation Officer"
    CDO = "cdo", "Chief Data Officer"

    @property
    def is_support(self) -> bool:
        """Whether it is one of the six mission-support offices."""
        return self not in {Office.PROGRAM, Office.FIELD}


class Part(Word):
    """What an office did about a meeting."""

    CAME = "came", "Came"
    INVITED = "invited", "Invited, did not come"
    NOT_INVITED = "not_invited", "Not invited"
