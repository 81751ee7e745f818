"""The registers: one shape for all, and for each what is asked, what is required, what adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from cx280.capacity.rules.vocabulary import Mindset, Register, YesPartlyNo
from cx280.circular.implements import implements
from cx280.kernel.problem import Unusable


@dataclass(frozen=True, slots=True)
class Shape:
    """One register. asked: field → (label, help), in order; required: those that may not be blank.

    unit: of the amount, "" when there is none; choices: what `what` is chosen from; once: whether
    a unit says it once a year, so that saying it again replaces it; function: of the template.
    """

    register: Register
    title: str
    empty: str
    rule: str
    asked: Mapping[str, tuple[str, str]]
    required: frozenset[str]
    unit: str = ""
    choices: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    once: bool = False

    def check(self, given: Mapping[str, Any]) -> None:
        """Raises Unusable at the first field that is required and blank."""
        for name in self.asked:
            if name in self.required and given.get(name) in (None, ""):
                raise Unusable(f"Fill in “{self.asked[name][0]}”.", field=name, rule=self.rule)


_SHOWN = ("Where can it be looked up?", "The address of a page or a document.")
_STATUS = (("planned", "Planned"), ("underway", "Underway"), ("done", "Done"))
_FUNCTIONS = (
    ("measurement", "Measurement"),
    ("governance", "Governance and Strategy"),
    ("culture", "Culture and Organization"),
    ("understanding", "Customer Understanding"),
    ("improvement", "Service Design and Improvement"),
)


def _amounts(register: Register, title: str, rule: str, what: str, amount: str, unit: str) -> Shape:
    return Shape(
        register,
        title,
        f"Nothing is written down for this year. Add the first line of {register.label.lower()}.",
        rule,
        {"what": (what, ""), "amount": (amount, ""), "words": ("Anything to add?", ""),
         "address": _SHOWN},
        frozenset({"what", "amount"}),
        unit,
    )  # fmt: skip


SHAPES: dict[Register, Shape] = {
    each.register: each
    for each in (
        _amounts(Register.STAFF, "Who works on customer experience?", "280.9-c2",
                 "Which team?", "How many full-time equivalents?", "FTE"),
        _amounts(Register.BUDGET, "What money is set aside?", "280.9-c2",
                 "For what?", "How many dollars?", "dollars"),
        _amounts(Register.CONTRACT, "Which contracts help us?", "280.9-c2",
                 "Which contract?", "How many dollars this year?", "dollars"),
        _amounts(Register.TOOL, "Which tools do we pay for?", "280.9-c2",
                 "Which tool?", "How many dollars this year?", "dollars"),
        _amounts(Register.POSITION, "Which positions are there?", "280.9-d1",
                 "Which kind of position?", "How many?", "positions"),
        _amounts(Register.HIRE, "Whom did we hire?", "280.9-d1",
                 "For which kind of position?", "How many people?", "people"),
        _amounts(Register.TRAINING, "Who was trained?", "280.9-d1",
                 "Which training?", "How many people?", "people"),
        Shape(
            Register.MINDSET, "Does everybody take on a customer mindset?",
            "None of the three practices is answered for this year.", "280.9-d2",
            {"what": ("Which practice?", ""), "answer": ("Is it in use?", ""),
             "words": ("What shows it?", "Never anybody’s rating."), "address": _SHOWN},
            frozenset({"what", "answer", "words"}),
            choices={"what": tuple(Mindset.choices()), "answer": tuple(YesPartlyNo.choices())},
            once=True,
        ),
        Shape(
            Register.DECISION, "Which decisions took in the customer’s view?",
            "No decision is recorded for this year.", "280.9-c3",
            {"on": ("On which day was it decided?", ""), "what": ("What was decided?", ""),
             "words": ("Which customer evidence did it rest on?", "Leave it blank if none."),
             "address": _SHOWN},
            frozenset({"on", "what"}),
        ),
        Shape(
            Register.REVIEW, "Who looked at the data, and what followed?",
            "No review is recorded. A quarter without one is a finding.", "280.9-b3",
            {"on": ("On which day?", ""), "what": ("Which data were looked at?", ""),
             "who": ("Which group or office looked?", "An office or a meeting, not a person."),
             "words": ("What was decided?", "“Nothing to change” is a decision too."),
             "address": _SHOWN},
            frozenset({"on", "what", "who", "words"}),
        ),
        Shape(
            Register.INITIATIVE, "What is done so that the program matures?",
            "No step is written down. An assessment needs one, or a word why there is none.",
            "280.17-c2",
            {"what": ("Which step?", ""), "function": ("For which function?", ""),
             "status": ("How far is it?", ""),
             "answer": ("Is human-centered design used?", ""),
             "words": ("What shows it?", ""),
             "action": ("Is it an action of the Action Plan?", "Then it is listed once."),
             "address": _SHOWN},
            frozenset({"what", "function", "status"}),
            choices={"function": _FUNCTIONS, "status": _STATUS,
                     "answer": (("yes", "Yes"), ("no", "No"))},
        ),
        Shape(
            Register.ALIGNMENT, "What do our actions serve?",
            "No action is tied to an objective or an investment yet.", "280.9-c4",
            {"action": ("Which action?", ""),
             "what": ("Which strategic objective or investment?", "With its number or id."),
             "words": ("How does it serve it?", "")},
            frozenset({"action", "what"}),
        ),
        Shape(
            Register.IDEA, "What is modernized under IDEA?",
            "Nothing is written down. List what stands in the agency’s report.", "280.17-e4",
            {"what": ("Which website, form or service is modernized?",
                      "As it is called in the report."),
             "service": ("Which service is it for?", ""),
             "amount": ("Impact score", "0 to 100; high-impact services come first at the same."),
             "status": ("How far is it?", ""), "address": _SHOWN},
            frozenset({"what", "status"}), "points", choices={"status": _STATUS},
        ),
        Shape(
            Register.PRESENCE, "Is each function there at each level of the organization?",
            "Nothing is evidenced below the enterprise yet. That is not the same as zero.",
            "280.9-a1",
            {"function": ("Which function?", ""), "answer": ("Is it there?", ""),
             "words": ("What shows it?", ""), "address": _SHOWN},
            frozenset({"function", "answer", "words"}),
            choices={"function": _FUNCTIONS, "answer": tuple(YesPartlyNo.choices())}, once=True,
        ),
        Shape(
            Register.LESSON, "What did we learn that others can use?",
            "No lesson is written down yet.", "280.9-f4",
            {"what": ("What did you learn?", "In one sentence others understand."),
             "words": ("How do you know, and what would you do again?",
                       "With a figure only when it is published; name the release below."),
             "release": ("Number of the release the figures come from", "Blank without figures."),
             "shared": ("Share it with other agencies", "")},
            frozenset({"what", "words"}),
        ),
    )
}  # fmt: skip


@implements("280.9-c2", "280.9-d1")
def totals(rows: Iterable[tuple[str, Decimal | None]]) -> dict[str, Decimal]:
    """The sum of amounts by register, of (register, amount) pairs; none is added for a blank."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for register, amount in rows:
        if amount is not None:
            found[register] += amount
    return dict(found)


@implements("280.9-c3")
def share_with_evidence(evidence: Iterable[str]) -> tuple[int, int]:
    """(decisions with customer evidence, all decisions), from the words of each."""
    given = [bool(each.strip()) for each in evidence]
    return sum(given), len(given)
