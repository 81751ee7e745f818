"""The words of research."""

from cx280.kernel.words import Word


class Approach(Word):
    """Whether a study tells in words or in numbers (280.9-e2); a mixed one counts as both."""

    QUALITATIVE = "qualitative", "Qualitative: in words"
    QUANTITATIVE = "quantitative", "Quantitative: in numbers"
    MIXED = "mixed", "Both"

    @property
    def parts(self) -> frozenset[str]:
        """The kinds of research it counts as."""
        if self is Approach.MIXED:
            return frozenset({Approach.QUALITATIVE.value, Approach.QUANTITATIVE.value})
        return frozenset({self.value})


class Method(Word):
    """How a study learns from people; each is a method of human-centered design (280.8-b10)."""

    INTERVIEWS = "interviews", "Interviews"
    FOCUS_GROUPS = "focus_groups", "Focus groups"
    OBSERVATION = "observation", "Observation where it happens"
    DIARY = "diary", "Diaries over days or weeks"
    WORKSHOP = "workshop", "Workshop with customers"
    USABILITY = "usability", "Usability test"
    SURVEY = "survey", "Survey"
    EXPERIMENT = "experiment", "Comparison of two versions"
    RECORDS = "records", "Records or telemetry, nobody asked"


class Experience(Word):
    """How far a participant came with the service (280.4-b3)."""

    TRIED = "tried", "Tried and did not finish"
    COMPLETED = "completed", "Tried and finished"
    PROSPECTIVE = "prospective", "May need it in future"


class Confidence(Word):
    """How much stands behind an insight."""

    LOW = "low", "One source"
    MEDIUM = "medium", "Several sources of one kind"
    HIGH = "high", "Several kinds of sources agree"


class Source(Word):
    """What an insight rests on."""

    STUDY = "study", "Research study"
    ROUND = "round", "Usability round"
    COMMENTS = "comments", "Theme of comments"
    DRIVER = "driver", "Driver of trust or satisfaction"
    TELEMETRY = "telemetry", "What people did on a website"
    PAIN_POINT = "pain_point", "Pain point"
    OTHER = "other", "Something else"


class Freshness(Word):
    """Whether an insight may still be relied on (280.9-e4)."""

    FRESH = "fresh", "Confirmed"
    STALE = "stale", "Confirm or retire"
    RETIRED = "retired", "Retired"
