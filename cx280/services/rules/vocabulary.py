"""The closed vocabularies of a service: channels, customers, performers, stages."""

from cx280.circular.implements import implements
from cx280.kernel.words import Word


@implements("280.7-a3", "280.7-a4")
class Channel(Word):
    """Where a service is given (280.4-g5); the values are those the field exchanges in files."""

    COMPUTER = "computer", "Computer"
    MOBILE = "mobile", "Mobile device"
    WEBSITE = "website", "Website"
    MOBILE_APP = "mobile_app", "Mobile app"
    EMAIL = "email", "Email"
    LIVE_CHAT = "live_chat", "Live chat"
    CHATBOT = "chatbot", "Chatbot"
    SMS = "sms_text_messages", "Text messages"
    SOCIAL_MEDIA = "social_media", "Social media"
    SELF_SERVICE_KIOSK = "self_service_kiosk", "Self-service kiosk"
    OTHER_DIGITAL = "other_digital", "Other digital channel"
    PHONE = "phone", "Phone"
    AUTOMATED_PHONE = "automated_phone", "Automated phone"
    IN_PERSON = "in_person", "In person"
    PAPER = "paper", "Paper form"
    POSTAL_MAIL = "postal_mail", "Postal mail"
    FAX = "fax", "Fax"
    OTHER_NON_DIGITAL = "other_non_digital", "Other traditional channel"

    @property
    def is_digital(self) -> bool:
        """Whether the channel is digital (280.7-a3) rather than traditional (280.7-a4)."""
        return self not in _TRADITIONAL


_TRADITIONAL = frozenset(
    {
        Channel.PHONE,
        Channel.AUTOMATED_PHONE,
        Channel.IN_PERSON,
        Channel.PAPER,
        Channel.POSTAL_MAIL,
        Channel.FAX,
        Channel.OTHER_NON_DIGITAL,
    }
)


@implements("280.4-c1", "INC-23")
class TransactionType(Word):
    """The six kinds of interaction in 280.4-c1; not the seven service types (INC-23)."""

    APPLY = "apply", "Applying for a benefit or loan"
    RECEIVE = "receive", "Receiving a service"
    REQUEST = "request", "Requesting a document"
    COMPLY = "comply", "Complying with a rule or regulation"
    USE = "use", "Using a public resource"
    SEEK = "seek", "Seeking information"


class ProcessKind(Word):
    """How the middle of a service runs (280.4-e1)."""

    SELF_SERVICE = "self_service", "Self-service"
    SERIES = "series", "A series of interactions"


class OccasionKind(Word):
    """How the occasion is written (280.4-g2)."""

    STORY = "story", "A story of what somebody needs"
    LIFE_EVENT = "life_event", "A life event"


class CustomerType(Word):
    """Who a customer is (280.2-a1, 280.2-a2)."""

    INDIVIDUAL = "individual", "Individuals"
    BUSINESS = "business", "Businesses"
    ORGANIZATION = "organization", "Organizations, states and municipalities"
    FEDERAL_EMPLOYEE = "federal_employee", "Federal employees"


class InteractionPath(Word):
    """How a customer meets the service (280.2-a1)."""

    DIRECT = "direct", "Directly"
    CONTRACTOR = "contractor", "Through a Federal contractor"
    FUNDED_PROGRAM = "federally_funded_program", "Through a Federally funded program"


class PerformerKind(Word):
    """Who does a task in the delivery chain (280.4-g6)."""

    EMPLOYEE = "employee", "Employee"
    CONTRACTOR = "contractor", "Contractor"
    PARTNER = "partner", "Partner"
    AUTOMATED = "automated", "Automated"


@implements("280.7-a2")
class ReviewOutcome(Word):
    """What a look at a service's digital delivery ended with (280.7-a2)."""

    KEEP = "keep", "Keep it as it is"
    DIGITISE = "digitise", "Give more of it digitally"
    NOT_FEASIBLE = "not_feasible", "Digital delivery is not feasible"


class Stage(Word):
    """The part of a service a journey step belongs to (280.4-e1)."""

    START = "start", "Start: the occasion"
    PROCESS = "process", "Process"
    END = "end", "End: the outcome"
