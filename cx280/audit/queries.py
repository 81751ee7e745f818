"""Reads the audit trail and says whether its chain holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from cx280.audit.models import AuditEntry
from cx280.audit.rules import START, digest_of


@dataclass(frozen=True, slots=True)
class BrokenLink:
    """An entry that does not fit the chain, and why in one sentence."""

    entry: int
    reason: str


@dataclass(frozen=True, slots=True)
class StateOfChain:
    """What a check of the whole trail found."""

    entries: int
    last: str
    broken: tuple[BrokenLink, ...]
    noted_is_missing: bool = False

    @property
    def holds(self) -> bool:
        """Whether nothing was changed, removed or put in between."""
        return not self.broken and not self.noted_is_missing

    def as_dict(self) -> dict[str, object]:
        """The state as the command line prints it."""
        return {
            "ok": self.holds,
            "entries": self.entries,
            "last": self.last,
            "noted_is_missing": self.noted_is_missing,
            "broken": [{"entry": each.entry, "reason": each.reason} for each in self.broken],
        }

    def in_words(self) -> str:
        """The state in one or two sentences."""
        if self.broken:
            first = self.broken[0]
            return (
                f"The trail is broken in {len(self.broken)} of {self.entries} entries. "
                f"The first is entry {first.entry}: {first.reason}"
            )
        if self.noted_is_missing:
            return "The digest you noted is no longer in the trail: newer entries were cut off."
        return f"The trail holds: {self.entries} entries. The last digest is {self.last}."


def last_digest() -> str:
    """The digest of the newest entry; START when there is none."""
    newest = AuditEntry.objects.order_by("-id").values_list("digest", flat=True).first()
    return newest or START


def broken_links() -> Iterator[BrokenLink]:
    """Every place where the chain does not hold, oldest first, read in constant memory."""
    before = START
    for entry in AuditEntry.objects.order_by("id").iterator(chunk_size=2000):
        reason = _what_is_wrong(entry, before)
        if reason:
            yield BrokenLink(entry.pk, reason)
        before = entry.digest


def state_of_chain(*, noted: str | None = None) -> StateOfChain:
    """The trail checked from end to end; `noted` is a digest kept from an earlier check."""
    missing = bool(
        noted and noted != START and not AuditEntry.objects.filter(digest=noted).exists()
    )
    return StateOfChain(
        entries=AuditEntry.objects.count(),
        last=last_digest(),
        broken=tuple(broken_links()),
        noted_is_missing=missing,
    )


def _what_is_wrong(entry: AuditEntry, before: str) -> str:
    if entry.previous != before:
        return "The entry before it was removed, or this one was put in later."
    expected = digest_of(
        previous=entry.previous,
        at=entry.at,
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        organization=entry.organization,
        detail=entry.detail,
    )
    return "" if expected == entry.digest else "Its words were changed after they were written."


def entries(
    *,
    subject: str = "",
    actor: str = "",
    since: date | None = None,
    until: date | None = None,
    organizations: Iterable[str] | None = None,
) -> QuerySet[AuditEntry]:
    """The entries asked for, newest first; both days included.

    `subject` and `actor` match anywhere, whatever the case; `organizations` are unit codes,
    None means all of them.
    """
    found = AuditEntry.objects.order_by("-id")
    if subject:
        found = found.filter(subject__icontains=subject)
    if actor:
        found = found.filter(actor__icontains=actor)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    if organizations is not None:
        found = found.filter(organization__in=organizations)
    return found
