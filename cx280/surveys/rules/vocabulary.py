"""The closed word lists of a survey document: levels, modes, constructs, responses."""

from cx280.circular.implements import implements
from cx280.kernel.words import Word


@implements("280.10-o5")
class Level(Word):
    """What a survey asks about (280.10-o5 to o7); only transactions have the 48-hour clock."""

    TRANSACTION = "transaction", "One transaction"
    JOURNEY = "journey", "A journey of several steps"
    RELATIONSHIP = "relationship", "The whole relationship with the agency"


class Mode(Word):
    """How the survey reaches people and comes back."""

    WEB = "web", "Web page"
    EMAIL = "email", "Email"
    SMS = "sms", "Text message"
    PHONE = "phone", "Phone, asked by a person"
    IVR = "ivr", "Phone, asked by a machine"
    KIOSK = "kiosk", "Kiosk"
    PAPER = "paper", "Paper"


class Placement(Word):
    """Where people meet the survey (280.10-k2 to k5)."""

    LINK = "link", "A link on a page"
    PROMPT = "prompt", "A prompt when the service ends"
    MESSAGE = "message", "A message sent soon after"
    KIOSK = "kiosk", "A kiosk near the exit"


class PosterSize(Word):
    """The papers an office's poster is made for."""

    LETTER = "letter", "Letter"
    A4 = "a4", "A4"
    TENT = "tent", "Table tent"
    STICKER = "sticker", "Sticker"


class Promise(Word):
    """What people are told about their answers; a version keeps to it for good (280.7-j2)."""

    ANONYMOUS = "anonymous", "Anonymous: answers are joined with nothing"
    SAME_VISIT = "same_visit", "Answers may be read together with the same visit to the website"


class Construct(Word):
    """What a question measures; every closed question has exactly one (280.10-i4)."""

    TRUST = "trust", "Trust"
    SATISFACTION = "satisfaction", "Satisfaction"
    EFFECTIVENESS = "effectiveness", "Effectiveness"
    EASE = "ease", "Ease"
    EFFICIENCY = "efficiency", "Efficiency"
    EQUITY = "equity", "Equity"
    TRANSPARENCY = "transparency", "Transparency"
    EMPLOYEE = "employee", "Employees"
    DRIVERS = "drivers", "Drivers"
    RESPONSIVENESS = "responsiveness", "Responsiveness"
    COORDINATION = "coordination", "Coordination"
    NAVIGATION = "navigation", "Finding the way"
    CERTAINTY = "certainty", "Certainty"
    ADDITIONAL = "additional", "Additional"
    COMMENT = "comment", "Comment"


class ResponseType(Word):
    """How a question is answered; the numbers people choose from are in `codes`."""

    AGREE5 = "agree5", "Agree, 5 points"
    AGREE7 = "agree7", "Agree, 7 points"
    AGREE10 = "agree10", "Agree, 10 points"
    STARS5 = "stars5", "5 stars"
    THUMBS = "thumbs", "Thumbs up or down"
    YESNO = "yesno", "Yes or no"
    CHOICE = "choice", "One of several"
    CHOICES = "choices", "Any of several"
    NUMBER = "number", "A number"
    DATE = "date", "A date"
    TEXT = "text", "Free text"

    @property
    def points(self) -> int | None:
        """How many points its scale has; None where there is no scale of agreement."""
        return _POINTS.get(self)

    @property
    def is_icon(self) -> bool:
        """Whether people answer with stars or thumbs."""
        return self in {ResponseType.STARS5, ResponseType.THUMBS}


_POINTS = {
    ResponseType.AGREE5: 5,
    ResponseType.AGREE7: 7,
    ResponseType.AGREE10: 10,
    ResponseType.STARS5: 5,
    ResponseType.THUMBS: 2,
}


class DriverMode(Word):
    """How one question lets people pick drivers; the third mode asks one question for each."""

    TAPPING = "tapping", "Tapping under a rating"
    MULTIPLE_CHOICE = "multiple_choice", "Multiple choice"


class TrustObject(Word):
    """Whom a trust question names; only agency scores may stand for the whole entity (INC-20)."""

    AGENCY = "agency", "The agency"
    PROGRAM = "program", "A program"
    SERVICE = "service", "The service"


class ScaleOrder(Word):
    """Which end of a scale is drawn first; it never changes the stored codes (280.10-e4)."""

    HIGH_FIRST = "high_first", "Strongly agree first"
    LOW_FIRST = "low_first", "Strongly disagree first"


class DiscussionKind(Word):
    """What an agency must or may talk over with OMB before it happens."""

    TRUST_WORDING = "trust_wording", "Changed wording of the trust question"  # 280.10-c4
    TRUST_ICONS = "trust_icons", "Thumbs or stars for trust"  # 280.10-c5
    SATISFACTION_WORDING = "satisfaction_wording", "Changed wording of satisfaction"  # 280.10-d3
    OTHER_ICONS = "other_icons", "Thumbs or stars for another question"  # INC-08
    TRUST_TIMING = "trust_timing", "How and when trust is measured"  # 280.10-o4
    CONFIDENCE = "confidence", "Asking for confidence instead of trust"  # INC-06
    AGENCY_SITE = "agency_site", "An agency's own CX reporting website"  # 280.10-s3


# Ours, not OMB's: what makes a whole journey good or bad (280.4-d3). Never a driver of the report.
SUPPLEMENTARY = (Construct.COORDINATION, Construct.NAVIGATION, Construct.CERTAINTY)
DRIVER_CONSTRUCTS = (
    Construct.EFFECTIVENESS,
    Construct.EASE,
    Construct.EFFICIENCY,
    Construct.EQUITY,
    Construct.TRANSPARENCY,
    Construct.EMPLOYEE,
)
