"""What the simulated agency learned from customers: three studies, two rounds, eight insights."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from cx280.accounts.models import Person
from cx280.agencies.models import Organization
from cx280.paperwork.models import Study
from cx280.research.actions.insights import add_evidence, save_insight
from cx280.research.actions.rounds import save_round
from cx280.research.actions.studies import count_participants, save_study
from cx280.research.actions.words import add_segment, add_tag, set_share
from cx280.research.models import Insight, ResearchStudy, Segment, Tag, TestRound
from cx280.services.models import Journey, Service
from cx280.site.demo.records import Built
from cx280.telemetry.models import Flow

_SEGMENTS = (
    ("First-time boat owners", "Bought their first boat within a year.", 0.31),
    ("People far from an office", "More than an hour from the next office.", 0.22),
    ("People who speak Spanish", "Rather speak Spanish than English with us.", 0.14),
    ("Guides and small businesses", "Hold several permits for their work.", 0.09),
)
_TAGS = ("Waiting", "Cost", "Words we use", "Helpers", "Phone")
# Sentence, need, segment, tag, what shows it, days since it was confirmed.
_INSIGHTS = (
    ("First-time owners look for the price before they choose a day", "To see what it costs first",
     0, 1, "In 9 of 14 interviews the price was the first question", 40),
    ("People do not know that their request is waiting for a paper", "Word of what is missing", 1,
     0, "“Waiting without word” is among the most frequent themes of low ratings", 60),
    ("Half of those who speak Spanish come with a helper", "To be able to do it alone", 2, 3,
     "In 6 of 11 interviews a son or daughter answered first", 90),
    ("Guides keep their own list of when permits end", "One page with all permits", 3, 0,
     "All 5 guides showed a list on paper", 120),
    ("“Slip class” is understood by nobody outside the bureau", "Words people use", 0, 2,
     "In the usability test all 5 stopped at the word", 30),
    ("People far away call first to ask whether to come", "To know before they drive", 1, 4,
     "12 of 20 calls we listened to asked whether they had to come", 200),
    ("On a phone people give up at the photo", "To send a photo from the phone", 0, 4,
     "More stop at the photo than at any other step", 15),
    ("People trust a letter more than an email", "Proof that it is from us", 1, 0,
     "Said in 7 of 10 talks at counters", 700),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Known:
    """What the rest refers to."""

    built: Built
    lead: Person
    service: Service
    segments: list[Segment]
    tags: list[Tag]

    @property
    def agency(self) -> Organization:
        return self.built.department


def add_research(built: Built, today: date) -> int:
    """How many insights there are, one of them stale; with the studies and rounds behind them."""
    service = built.services.get("boat-permits")
    if service is None:
        return 0
    lead = built.people["cx_lead"]
    known = _Known(built, lead, service, _segments(built, lead, service), [
        add_tag(built.department, name=each, by=lead) for each in _TAGS
    ])  # fmt: skip
    studies = _studies(known, today)
    rounds = _rounds(known, today)
    _insights(known, studies, rounds, today)
    ResearchStudy.objects.update(simulated=True)
    TestRound.objects.update(simulated=True)
    Insight.objects.update(simulated=True)
    return Insight.objects.count()


def _segments(built: Built, lead: Person, service: Service) -> list[Segment]:
    found = []
    for name, about, share in _SEGMENTS:
        made = add_segment(built.department, name=name, about=about, is_federal=False, by=lead)
        set_share(service, made, share=share, source="Customer survey of last year", by=lead)
        found.append(made)
    rangers = "Federal employees: no members of the public."
    add_segment(built.department, name="Rangers", about=rangers, is_federal=True, by=lead)
    return found


def _studies(known: _Known, today: date) -> list[ResearchStudy]:
    """Interviews that fell short, a look at records, and talks across two bureaus."""
    entry = Study.objects.filter(collection__isnull=False).first()
    talks = _study(
        known, "Why people give up an application", "qualitative", "interviews", today, 120,
        "Where do people stop, and what would have helped them?", entry,
        "They look for the price first. Nobody told them that a paper was missing.",
    )  # fmt: skip
    records = _study(
        known, "How people hear of what they need", "quantitative", "records", today, 240,
        "Which pages and calls come before an application?", None,
        "Two of three applications follow a call or a visit, not the website.",
    )  # fmt: skip
    across = _study(
        known, "From flood to the first payment", "mixed", "observation", today, 400,
        "How do people find their way between two bureaus?", None,
        "People tell their story twice; each bureau thinks the other one has the papers.",
        ("flood-grants", "flood-advice-line"),
    )  # fmt: skip
    first, far, spanish, guides = known.segments
    for study, counts in (
        (talks, ((first, "tried", 8, 8), (far, "tried", 6, 3), (spanish, "completed", 6, 4),
                 (guides, "completed", 4, 4))),
        (across, ((far, "prospective", 4, 4), (spanish, "tried", 4, 4))),
    ):  # fmt: skip
        for segment, experience, planned, came in counts:
            count_participants(study, segment, experience=experience, planned=planned, came=came,
                               by=known.lead)  # fmt: skip
    return [talks, records, across]


def _study(
    known: _Known, title: str, approach: str, method: str, today: date, days: int, question: str,
    entry: Study | None, findings: str, codes: tuple[str, ...] = ("boat-permits",),
) -> ResearchStudy:  # fmt: skip
    services = [known.built.services[code] for code in codes if code in known.built.services]
    first = today - timedelta(days=days)
    values = {
        "title": title, "question": question, "approach": approach, "method": method,
        "organization": known.agency, "services": services,
        "journeys": list(Journey.objects.filter(service__in=services)),
        "starts_on": entry.starts_on if entry else first,
        "ends_on": entry.ends_on if entry else first + timedelta(days=12),
        "entry": entry, "findings": findings,
    }  # fmt: skip
    return save_study(None, by=known.lead, values=values)


def _rounds(known: _Known, today: date) -> list[TestRound]:
    """Two rounds of one flow, the second with what was changed."""
    flow = Flow.objects.filter(service=known.service, replaced_by=None).first()
    told = (
        (45, 4, "All stopped at “slip class”; two missed the price.", ""),
        (10, 5, "Nobody stopped at a word; one looked for the photo.",
         "“Slip class” became “length of your boat”. The price stands beside each day."),
    )  # fmt: skip
    return [
        save_round(None, by=known.lead, values={
            "service": known.service, "flow": flow, "flow_name": "Get a permit",
            "held_on": today - timedelta(days=days), "asks": "The usual five tasks", "planned": 5,
            "came": came, "employees": 1, "found": found, "changed": changed, "entry": None,
        })
        for days, came, found, changed in told
    ]  # fmt: skip


def _insights(
    known: _Known, studies: list[ResearchStudy], rounds: list[TestRound], today: date
) -> None:
    for at, (sentence, need, segment, tag, shown, days) in enumerate(_INSIGHTS):
        day = today - timedelta(days=days)
        values = {
            "sentence": sentence, "need": need, "services": [known.service],
            "confidence": "medium" if at % 2 else "low", "segments": [known.segments[segment]],
            "tags": [known.tags[tag]],
        }  # fmt: skip
        row = save_insight(None, known.agency, by=known.lead, on=day, values=values)
        if at == 4:
            add_evidence(row, source="round", round=rounds[0], words=shown, by=known.lead)
        elif at in (0, 2, 3):
            add_evidence(row, source="study", study=studies[0], words=shown, by=known.lead)
        else:
            source = {1: "comments", 6: "telemetry"}.get(at, "other")
            add_evidence(row, source=source, words=shown, by=known.lead)
