"""The closed word lists of delivery: how a sample is drawn, what becomes of an interaction."""

from cx280.circular.implements import implements
from cx280.kernel.words import Word


@implements("280.10-m2")
class Method(Word):
    """How a sample is drawn. To ask everybody is a simple sample at 100 %."""

    SIMPLE = "simple", "Simple: each interaction has the same chance"
    SYSTEMATIC = "systematic", "Systematic: every so-many-th, from a random start"
    STRATIFIED = "stratified", "Stratified: each group has its own chance"


class StrataBy(Word):
    """What the groups of a stratified sample are."""

    UNIT = "unit", "The unit that served"
    LANGUAGE = "language", "The language of the customer"
    GIVEN = "given", "A group that your file names"


class PersonKind(Word):
    """What contact rules know somebody by; either is kept as a keyed hash only."""

    PERSON = "person", "A person"
    DEVICE = "device", "A device"


class MessageChannel(Word):
    """How a message reaches somebody."""

    EMAIL = "email", "Email"
    SMS = "sms", "Text message"


class State(Word):
    """What became of an interaction that was handed over."""

    NOT_DRAWN = "not_drawn", "Not drawn"
    SUPPRESSED = "suppressed", "Drawn, and not asked"
    ASKED = "asked", "Asked by your own program"
    WAITING = "waiting", "Waits to be sent"
    SENT = "sent", "Sent"
    BOUNCED = "bounced", "Came back"
    COMPLAINED = "complained", "Called unwanted"
    EXPIRED = "expired", "Too late to send"
    IN_DOUBT = "in_doubt", "Not known whether it was sent"


class Reason(Word):
    """Why somebody who was drawn is not asked."""

    QUIET = "quiet", "Was asked less than the quiet period ago"
    OFTEN = "often", "Was asked as often as a year allows"
    TURN = "turn", "The turn is kept for another survey"
    OPTED_OUT = "opted_out", "Asked not to be asked"
    CLOSED = "closed", "The survey was not open"
    NO_ADDRESS = "no_address", "No address that mail can go to"
    NO_NUMBER = "no_number", "No number that texts can go to"
    NIGHT = "night", "No hour of the day was left for a text"


class EmbedKind(Word):
    """How a website shows a survey."""

    TAB = "tab", "A quiet tab"
    INLINE = "inline", "In the page"
    PROMPT = "prompt", "A prompt after an event"


@implements("280.10-k3")
class Moment(Word):
    """After what a prompt comes."""

    COMPLETED = "completed", "A task is completed"
    ENDED = "ended", "A flow has ended, completed or given up"
    GIVEN_UP = "given_up", "A flow was given up"
    OPENED = "opened", "A page was opened"


class Corner(Word):
    """Where on the screen it stands; in languages from right to left the sides change."""

    END = "end", "Bottom right"
    START = "start", "Bottom left"


class Said(Word):
    """What somebody means who answers a text."""

    STOP = "stop", "No more texts"
    HELP = "help", "Who are you?"
    START = "start", "Texts again"
    OTHER = "other", "Something else"


class HookVerdict(Word):
    """What became of a request that says it comes from a provider."""

    TAKEN = "taken", "Taken"
    KNOWN = "known", "Sent again by the provider, known already"
    UNSIGNED = "unsigned", "Not signed, or signed by somebody else"
    REPLAYED = "replayed", "The same request again"
    OLD = "old", "Too old"
    UNREADABLE = "unreadable", "Signed, but not readable"
