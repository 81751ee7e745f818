"""What can keep a survey from being saved or opened, in whole sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cx280.kernel.finding import Finding
from cx280.kernel.problem import Conflict


class DraftMovedOn(Conflict):
    """Somebody saved the draft after this page was opened; nothing was overwritten."""

    def __init__(self, revision: int) -> None:
        super().__init__(
            "This survey was changed in another window, so your last change was not saved.",
            fix="Reload the page to see the newest draft, then make your change again.",
        )
        self.revision = revision


class NotReady(Conflict):
    """The survey may not open yet: what stands in the way, rule by rule."""

    def __init__(
        self, title: str, in_the_way: Sequence[Finding], unready: Mapping[str, str]
    ) -> None:
        count = len(in_the_way) + len(unready)
        first = in_the_way[0].message if in_the_way else next(iter(unready.values()), "")
        things = "one thing stands" if count == 1 else f"{count} things stand"
        super().__init__(
            f"“{title}” cannot open yet: {things} in the way. {first}",
            rule=in_the_way[0].rule if in_the_way else None,
            fix=in_the_way[0].fix if in_the_way else "",
        )
        self.in_the_way = list(in_the_way)
