"""Whether somebody seems to have read the scale upside down: lowest score, warm words."""

from __future__ import annotations

import re

from cx280.circular.implements import implements

_WARM = re.compile(
    r"\b(great|excellent|perfect|wonderful|amazing|awesome|outstanding|fantastic|very helpful|"
    r"very easy|love[ds]?|thank you|best|excelente|perfecto|maravillos[oa]|muy (?:amable|fácil|"
    r"bien|buen[oa])|gracias|encant[aóo]\w*)\b",
    re.IGNORECASE,
)
_COLD = re.compile(
    r"\b(not|no|never|nothing|n't|but|however|unfortunately|worst|bad|poor|terrible|awful|"
    r"horrible|slow|rude|except|less|wish|should|could|would|nunca|nada|pero|mal[oa]?|peor|"
    r"lent[oa]|tampoco|sin)\b|n['’]t\b",
    re.IGNORECASE,
)


@implements("280.10-e4")
def looks_inverted(code: int, text: str) -> bool:
    """Whether the lowest point of a scale stands beside words that are only warm.

    Says nothing of sarcasm: it is shown as something to look at and never changes a score.
    """
    return code == 1 and bool(_WARM.search(text)) and not _COLD.search(text)
