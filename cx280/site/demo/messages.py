"""Messages of one service of the simulated agency, by email and by text, and their fate."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cx280.delivery.models import Interaction, Invitation, Mailing, SamplingPlan, SentDay
from cx280.delivery.rules.draws import draw
from cx280.delivery.rules.sampling import decide
from cx280.delivery.rules.vocabulary import MessageChannel, Reason, State
from cx280.responses.models import Response
from cx280.site.demo.records import Built

DAYS = 60
CODE = "mooring-licenses"
_LEAST, _ANSWERED, _DRAWN = 900, 0.25, 0.55  # of those asked; of all
_BY_TEXT = 0.4
# What becomes of those drawn, up to which draw; texts know two reasons of their own.
_BECAME = {
    MessageChannel.EMAIL: (
        (0.03, State.BOUNCED, ""), (0.033, State.COMPLAINED, ""), (0.05, State.EXPIRED, ""),
        (0.11, State.SUPPRESSED, Reason.QUIET), (0.12, State.SUPPRESSED, Reason.OPTED_OUT),
    ),
    MessageChannel.SMS: (
        (0.05, State.BOUNCED, ""), (0.06, State.EXPIRED, ""), (0.062, State.IN_DOUBT, ""),
        (0.10, State.SUPPRESSED, Reason.NIGHT), (0.12, State.SUPPRESSED, Reason.NO_NUMBER),
        (0.17, State.SUPPRESSED, Reason.QUIET), (0.19, State.SUPPRESSED, Reason.OPTED_OUT),
    ),
}  # fmt: skip
_LEFT = {State.SENT, State.BOUNCED, State.COMPLAINED}


def add_messages(built: Built, today: date) -> int:
    """How many interactions were handed over for messages; nothing of them waits to be sent."""
    if CODE not in built.versions:
        return 0
    version = built.versions[CODE][-1]
    plan = SamplingPlan.objects.get(survey=version.survey)
    Mailing.objects.create(
        survey=version.survey, sender="Mooring licenses", by_text=True, reminder_hours=24,
        text_words={"en": "How was {service}? It takes a minute:"},
    )  # fmt: skip
    rows = Interaction.objects.bulk_create(list(_interactions(built, plan, today)), batch_size=2000)
    sent = [each for each in rows if each.state in _LEFT]
    Invitation.objects.bulk_create([_invitation(each, version.pk) for each in sent])
    days = Counter((each.channel, each.received_at.date()) for each in sent
                   if each.state == State.SENT)  # fmt: skip
    # Told already: the counts of offers of the simulated answers are made with them.
    SentDay.objects.bulk_create(
        SentDay(version=version, channel=channel, day=day, offered=n, told=n)
        for (channel, day), n in days.items()
    )
    return len(rows)


def _interactions(built: Built, plan: SamplingPlan, today: date) -> Iterator[Interaction]:
    since = datetime.combine(today - timedelta(days=DAYS), time(9), ZoneInfo("America/New_York"))
    answers = Response.objects.filter(version__survey=plan.survey, received_at__gte=since).count()
    for number in range(max(_LEAST, round(answers / _ANSWERED / _DRAWN))):
        name = f"message {number}"
        office = built.offices[int(draw("office", name) * len(built.offices))]
        decision = decide(plan.as_rule, name, stratum=office.code)
        by_text = draw("channel", name) < _BY_TEXT
        channel = MessageChannel.SMS if by_text else MessageChannel.EMAIL
        state, reason = _became(name, channel) if decision.is_drawn else (State.NOT_DRAWN, "")
        at = since + timedelta(days=int(draw("day", name) * DAYS), minutes=int(
            draw("minute", name) * 600))  # fmt: skip
        yield Interaction(
            agency=built.department,
            key=hashlib.sha256(name.encode()).hexdigest()[:32],
            survey=plan.survey,
            plan=plan,
            unit=office,
            stratum=office.code,
            language="es" if draw("language", name) < 0.14 else "en",
            ended_at=at - timedelta(minutes=int(5 + 115 * draw("ended", name))),
            received_at=at,
            is_drawn=decision.is_drawn,
            probability=decision.probability,
            state=state,
            reason=reason,
            channel=channel if decision.is_drawn else "",
        )


def _became(name: str, channel: MessageChannel) -> tuple[str, str]:
    chance = draw("message", name)
    for below, state, reason in _BECAME[channel]:
        if chance < below:
            return state, reason
    return State.SENT, ""


def _invitation(interaction: Interaction, version_id: int) -> Invitation:
    """One that left some minutes after it was handed over; nothing of its address is kept."""
    ended = interaction.ended_at or interaction.received_at
    by_text = interaction.channel == MessageChannel.SMS
    sent_at = interaction.received_at + timedelta(
        minutes=int(2 + 28 * draw("sent", interaction.key))
    )
    arrived = by_text and interaction.state == State.SENT
    return Invitation(
        interaction=interaction,
        key=hashlib.sha256(interaction.key.encode()).hexdigest()[:32],
        leave_by=ended + timedelta(hours=48),
        version_id=version_id,
        sent_at=sent_at,
        lag_minutes=int((sent_at - ended) / timedelta(minutes=1)),
        delivered_at=sent_at + timedelta(seconds=9) if arrived else None,
        parts=1 + (draw("parts", interaction.key) < 0.2) if by_text else 0,
    )
