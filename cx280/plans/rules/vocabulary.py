"""The words of Action Plans."""

from cx280.kernel.words import Word


class Of(Word):
    """What a question of a template is about."""

    PLAN = "plan", "The plan"
    ACTION = "action", "Each action"


class Status(Word):
    """How far an action is."""

    PLANNED = "planned", "Planned"
    UNDERWAY = "underway", "Underway"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


class EvidenceKind(Word):
    """What shows that something is a pain point (280.17-f2)."""

    FEEDBACK = "feedback", "Customer feedback"
    TELEMETRY = "telemetry", "What customers did on a website"
    RESEARCH = "research", "Human-centered design research"
    STUDY = "study", "A study kept here"
    INSIGHT = "insight", "An insight kept here"
    ASSESSMENT = "assessment", "Service assessment"
    OTHER = "other", "Other evidence"

    @property
    def is_human_centered(self) -> bool:
        """Whether somebody looked at or talked with people for it (280.8-b10)."""
        return self in {EvidenceKind.RESEARCH, EvidenceKind.STUDY, EvidenceKind.INSIGHT}


class HumanCentered(Word):
    """Whether human-centered design is used (280.17-e2); nothing chosen is no answer."""

    YES = "yes", "Yes"
    NO = "no", "No"


class Stage(Word):
    """Where a plan stands."""

    DRAFT = "draft", "Draft"
    SIGNED = "signed", "Signed"
    SUBMITTED = "submitted", "Sent to OMB"
    RETURNED = "returned", "Returned by OMB"
    ACCEPTED = "accepted", "Accepted by OMB"
    PUBLISHED = "published", "Published"

    @property
    def is_open(self) -> bool:
        """Whether the agency may write in it."""
        return self in {Stage.DRAFT, Stage.RETURNED}


class Move(Word):
    """What somebody does to move a plan; the label completes “It cannot be …”."""

    SIGN = "sign", "signed"
    REOPEN = "reopen", "opened again"
    SUBMIT = "submit", "sent to OMB"
    RETURN = "return", "returned"
    ACCEPT = "accept", "accepted"
    PUBLISH = "publish", "published"


class Decision(Word):
    """What OMB decided about a version."""

    ACCEPTED = "accepted", "Accepted"
    RETURNED = "returned", "Returned"
