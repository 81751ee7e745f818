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
