"""Takes ended interactions in: draws, keeps the addresses of those drawn encrypted, forgets others.

Safe to be given the same file any number of times: an interaction is known by its id.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from django.db import transaction

from cx280.accounts.models import Person
from cx280.agencies.queries import agency_of
from cx280.audit.actions import record, subject_of
from cx280.circular.implements import implements
from cx280.delivery.actions.deciding import Case, case_of, drawn
from cx280.delivery.models import HandOver, Interaction, Invitation
from cx280.delivery.queries.terms import Terms, terms_of
from cx280.delivery.rules.files import Row
from cx280.delivery.rules.handed import Handed
from cx280.delivery.rules.night import opens_at
from cx280.delivery.rules.phones import zones_of
from cx280.delivery.rules.timing import leaves_by, may_leave
from cx280.delivery.rules.vocabulary import MessageChannel, Reason, State
from cx280.delivery.sealing import sealed
from cx280.kernel.problem import Conflict
from cx280.surveys.models import Survey

NO_TEXTS = "This survey sends no texts. Switch them on, on its page “Messages”, or leave phone out."
NO_DAY = "No hour of the day is left for a text, or nobody knows what time it is there."
MOST_FINDINGS = 1000  # kept with a hand-over; the counts are of all
_AT_ONCE = 500


@dataclass(slots=True)
class Tally:
    """What became of the rows so far."""

    rows: int = 0
    accepted: int = 0
    known: int = 0
    findings: list[tuple[int, str]] = field(default_factory=list)
    refused: int = 0

    def refuse(self, line: int, words: str) -> None:
        """One row that is not taken."""
        self.refused += 1
        self.note(line, words)

    def note(self, line: int, words: str) -> None:
        """Something to say of a row."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append((line, words))


@implements("280.10-k4")
def hand_over(
    survey: Survey,
    *,
    rows: Iterable[Row],
    by: Person | None,
    source: str,
    name: str = "",
    now: datetime,
) -> HandOver:
    """The hand-over with every row accounted for: accepted, known before, or refused.

    Some hundred rows a transaction: what was taken in stays when the process is killed, and the
    same file goes on from there. Raises Conflict when messages are off or no plan is chosen.
    """
    terms = _terms(survey)
    with transaction.atomic():
        case_of(survey, now)  # refuses before the first row is read
        kept = HandOver.objects.create(
            survey=survey, source=source, name=name[:200], received_at=now, by=by
        )
    tally = Tally()
    for part in _parts(iter(rows)):
        with transaction.atomic():
            _take(case_of(survey, now), terms, part, kept, tally)
            _write(kept, tally)
    _told(kept, by)
    return kept


def _parts(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while part := list(islice(rows, _AT_ONCE)):
        yield part


def _terms(survey: Survey) -> Terms:
    terms = terms_of(survey)
    if terms is None:
        raise Conflict(
            "This survey is not open, so nobody can answer it.", fix="Open it, then hand over."
        )
    if terms.mailing is None or not terms.mailing.is_on:
        raise Conflict(
            "This survey sends no messages.",
            rule="280.10-k4",
            fix="Switch messages on, on the survey’s page “Messages”.",
        )
    return terms


def _take(case: Case, terms: Terms, rows: list[Row], kept: HandOver, tally: Tally) -> None:
    """Decides about the rows of one part, and stores them at once."""
    named = {
        each.line: case.people.interaction(each.handed.interaction) for each in rows if each.handed
    }
    known = set(
        Interaction.objects.filter(agency=case.agency, key__in=named.values()).values_list(
            "key", flat=True
        )
    )
    made: list[tuple[Interaction, Handed]] = []
    for row in rows:
        tally.rows += 1
        if row.handed is None:
            tally.refuse(row.line, row.fault)
        elif not terms.sends(row.handed.channel):
            tally.refuse(row.line, NO_TEXTS)
        elif named[row.line] in known:
            tally.known += 1
        else:
            known.add(named[row.line])
            tally.accepted += 1
            interaction = _placed(case, terms, row.handed, named[row.line])
            _note(row, interaction, tally)
            made.append((interaction, row.handed))
    Interaction.objects.bulk_create([each for each, _ in made])
    waiting = [pair for pair in made if pair[0].state == State.WAITING]
    Invitation.objects.bulk_create([_invitation(case, terms, *each, kept) for each in waiting])


def _placed(case: Case, terms: Terms, handed: Handed, key: str) -> Interaction:
    """The interaction with its draw: waiting, too late, without an address, or not drawn."""
    found = drawn(case, handed, key)
    if not found.is_drawn:
        return found
    found.channel = handed.channel
    by = leaves_by(terms.level, found.ended_at, case.now, terms.hours)
    if not handed.known_as:
        reason = Reason.NO_NUMBER if _is_text(handed) else Reason.NO_ADDRESS
        found.state, found.reason = State.SUPPRESSED, reason
    elif not may_leave(terms.level, found.ended_at, by, case.now, terms.hours):
        found.state = State.EXPIRED
    elif not _is_day_before(by, handed, case.now):
        found.state, found.reason = State.SUPPRESSED, Reason.NIGHT
    else:
        found.state = State.WAITING
    return found


def _is_text(handed: Handed) -> bool:
    return handed.channel is MessageChannel.SMS


def _is_day_before(leave_by: datetime, handed: Handed, now: datetime) -> bool:
    """Whether a text still has an hour of the day; mail may come at night."""
    opens = _opens_at(handed, now)
    return not _is_text(handed) or (opens is not None and opens <= leave_by)


def _opens_at(handed: Handed, now: datetime) -> datetime | None:
    """When it is day where a text goes to; None for mail."""
    if not _is_text(handed):
        return None
    return opens_at(zones_of(handed.known_as, handed.time_zone), now)


def _note(row: Row, interaction: Interaction, tally: Tally) -> None:
    """Says what is odd about a row that was taken all the same."""
    if row.note:
        tally.note(row.line, row.note)
    if row.handed and row.handed.unit and interaction.unit is None:
        tally.note(row.line, "The service has no such unit; it counts without one.")
    if interaction.reason == Reason.NIGHT:
        tally.note(row.line, NO_DAY)
    if interaction.state == State.EXPIRED:
        tally.note(row.line, "It ended too long ago: nobody is asked any more.")


def _invitation(
    case: Case, terms: Terms, interaction: Interaction, handed: Handed, kept: HandOver
) -> Invitation:
    return Invitation(
        interaction=interaction,
        hand_over=kept,
        key=secrets.token_hex(16),
        address=sealed("\n".join(each for each in (handed.known_as, handed.also) if each)),
        person=case.people.somebody(handed.kind, handed.known_as).lasting,
        time_zone=handed.time_zone,
        not_before=_opens_at(handed, case.now),
        leave_by=leaves_by(terms.level, interaction.ended_at, case.now, terms.hours),
    )


def _write(kept: HandOver, tally: Tally) -> None:
    kept.rows, kept.accepted = tally.rows, tally.accepted
    kept.known, kept.refused = tally.known, tally.refused
    kept.findings = [list(each) for each in tally.findings]
    kept.save(update_fields=["rows", "accepted", "known", "refused", "findings"])


def _told(kept: HandOver, by: Person | None) -> None:
    record(
        actor=by.email if by else "system",
        action="hand_over_interactions",
        subject=subject_of(kept.survey),
        organization=agency_of(kept.survey.service.owner).code,
        detail={
            "source": kept.source, "rows": kept.rows, "accepted": kept.accepted,
            "known": kept.known, "refused": kept.refused,
        },
    )  # fmt: skip
