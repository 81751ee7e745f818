"""Facts: counts recomputed from answers and comments, so that a page never has to read them."""

from cx280.measures.models.facts import (
    DayCount,
    DriverResult,
    Fact,
    OfferFact,
    PatternFact,
    ReachFact,
    Refresh,
    TypeResult,
)
from cx280.measures.models.themes import (
    CodebookUse,
    CodebookVersion,
    CommentTheme,
    FoundTopics,
    Reading,
    ThemeCorrection,
    ThemeFact,
)

__all__ = [
    "CodebookUse",
    "CodebookVersion",
    "CommentTheme",
    "DayCount",
    "DriverResult",
    "Fact",
    "FoundTopics",
    "OfferFact",
    "PatternFact",
    "ReachFact",
    "Reading",
    "Refresh",
    "ThemeCorrection",
    "ThemeFact",
    "TypeResult",
]
