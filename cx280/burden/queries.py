"""Reads the burden of journeys: what holds, by step and segment, and what changes saved."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.conf import settings
from django.db.models import Count, QuerySet

from cx280.burden.models import StepBurden, Wage
from cx280.burden.rules.amounts import Amount
from cx280.burden.rules.assessment import Assessment, Strain
from cx280.burden.rules.journey import (
    Effect,
    Effort,
    JourneyCost,
    StepCost,
    by_segment,
    effect_of,
    effort_of,
    held_on,
    in_money,
    journey_cost,
)
from cx280.measures.queries import trend
from cx280.measures.rules.suppression import is_too_few
from cx280.paperwork.models import BurdenChange, BurdenEstimate
from cx280.services.models import Journey, JourneyStep
from cx280.services.rules.vocabulary import Stage
from cx280.surveys.rules.vocabulary import Construct


def assessments_of(journey: Journey) -> list[Assessment]:
    """All that was stated of the journey's steps, its own assessments last among equals.

    The burden inventory of the service counts too, where it names a step of this journey: nobody
    enters a figure twice.
    """
    listed = BurdenEstimate.objects.filter(step__journey=journey).select_related("step")
    own = StepBurden.objects.filter(journey=journey)
    return [*(_from_inventory(each) for each in listed), *(each.as_rule for each in own)]


def _from_inventory(row: BurdenEstimate) -> Assessment:
    """An estimate of the inventory; it leaves fees out, so its money is a least one."""
    asked = row.strain is not None and row.observed > 0
    return Assessment(
        row.step.name if row.step else row.step_name, row.segment, row.from_on, Decimal(1),
        row.people_per_year, Amount.of(row.learning_minutes), Amount.of(row.compliance_minutes),
        Amount(row.cost, False), Strain(row.strain, row.observed) if asked else None,  # type: ignore[arg-type]
        row.observed, row.source, row.change_id,
    )  # fmt: skip


def groups_of(journey: Journey) -> tuple[str, ...]:
    """Whom burden may be told of apart: groups assessed before, then the inventory's customers."""
    before = StepBurden.objects.filter(journey=journey).exclude(segment="")
    named = [each.get_customer_type_display() for each in journey.service.customers.all()]
    return tuple(dict.fromkeys([*before.values_list("segment", flat=True).order_by("segment"),
                                *named]))  # fmt: skip


def steps_of(journey: Journey) -> list[str]:
    """The steps in which people do something, in order; neither the occasion nor the outcome."""
    return [each.name for each in journey.steps.all() if each.stage == Stage.PROCESS]


def wage_of(journey: Journey, on: date) -> Wage | None:
    """What an hour is taken for on a day; None until somebody states it with its source."""
    return journey.wages.filter(from_on__lte=on).first()


@dataclass(frozen=True, slots=True)
class ChangeTold:
    """A change with what it did to the journey."""

    change: BurdenChange
    effect: Effect


@dataclass(frozen=True, slots=True)
class JourneyBurden:
    """The burden of a journey on a day. hidden: segments with too few people behind them.

    everybody: those not named apart, None where too few stand behind them. in_money: their time
    at the stated wage.
    """

    journey: Journey
    everybody: JourneyCost | None
    segments: list[JourneyCost]
    hidden: list[str]
    wage: Wage | None
    changes: list[ChangeTold]
    effort: Effort | None = None

    @property
    def in_money(self) -> Amount | None:
        """What their time is worth at the stated wage; None without one."""
        if self.everybody is None or self.wage is None:
            return None
        return in_money(self.everybody.time, self.wage.dollars_an_hour)

    @property
    def is_assessed(self) -> bool:
        """Whether anything was stated."""
        return bool(self.segments or self.hidden)


def burden_of_journey(journey: Journey, on: date) -> JourneyBurden:
    """The journey's burden as stated by that day; small segments are left out whole."""
    smallest, steps = settings.CX280_SMALLEST_CELL, steps_of(journey)
    every = assessments_of(journey)
    rows = by_segment(steps, held_on(every, on), smallest)
    shown = [each for each in rows if isinstance(each, JourneyCost)]
    hidden = [each for each in rows if isinstance(each, str)]
    everybody = next((each for each in shown if not each.segment), None)
    if everybody is None and "" not in hidden:
        everybody = journey_cost(steps, {}, "", smallest)
    return JourneyBurden(
        journey, everybody, shown, hidden, wage_of(journey, on),
        _changes(journey, steps, every, [each.segment for each in shown], on),
        _effort(journey, everybody) if everybody else None,
    )  # fmt: skip


def _effort(journey: Journey, cost: JourneyCost) -> Effort:
    """The journey's burden beside the service's question whether it was easy."""
    latest = trend(journey.service, Construct.EASE).latest
    return effort_of(
        cost, latest.share.share if latest else None, latest.share.n if latest else None
    )


def _changes(
    journey: Journey, steps: list[str], every: list[Assessment], shown: list[str], on: date
) -> list[ChangeTold]:
    """What each change did to each segment that is shown, where enough people stand behind it."""
    smallest = settings.CX280_SMALLEST_CELL
    found = []
    for change in BurdenChange.objects.filter(service=journey.service_id, changed_on__lte=on):
        for segment in shown:
            effect = effect_of(steps, every, change.pk, segment, smallest)
            if effect is not None and not _is_thin(effect, smallest):
                found.append(ChangeTold(change, effect))
    return found


def _is_thin(effect: Effect, smallest: int) -> bool:
    return any(is_too_few(each.observed, smallest) for each in (effect.before, effect.after))


def burden_of(step: JourneyStep, on: date) -> StepCost | None:
    """What a step takes of one person not named apart; None where too few stand behind it.

    For pages that set a step's burden beside its scores. Of many steps of a journey,
    `burdens_of` asks once.
    """
    return burdens_of(step.journey, on).get(step.pk)


def burdens_of(journey: Journey, on: date) -> dict[int, StepCost | None]:
    """The same for each step of a journey, by primary key; a step nobody assessed says so."""
    rows = by_segment(steps_of(journey), held_on(assessments_of(journey), on),
                      settings.CX280_SMALLEST_CELL)  # fmt: skip
    if "" in rows:
        return {each.pk: None for each in journey.steps.all()}
    cost = next((each for each in rows if isinstance(each, JourneyCost) and not each.segment), None)
    known = {each.step: each for each in cost.steps} if cost else {}
    return {
        each.pk: known.get(each.name, StepCost(each.name, None)) for each in journey.steps.all()
    }


def journeys_with_burden(journeys: QuerySet[Journey]) -> QuerySet[Journey]:
    """The journeys with how many assessments each has, those with some first."""
    return journeys.annotate(assessed=Count("burdens")).order_by(
        "-assessed", "service__name", "name"
    )


HEADER = (
    "segment", "step", "repeats", "learning_minutes", "compliance_minutes", "dollars",
    "is_whole", "strain_1_to_5", "strain_n", "people_observed", "people_per_year", "source",
)  # fmt: skip


def rows_for_file(burden: JourneyBurden) -> Iterator[tuple[object, ...]]:
    """A row for each step of each segment shown, then its sum; blank is not assessed."""
    for cost in burden.segments:
        name = cost.segment or "everybody else"
        for each in cost.steps:
            row = each.assessment
            yield (
                name, each.step, row.repeats if row else None, _plain(each.learning.value),
                _plain(each.compliance.value), _plain(each.money.value),
                each.time.is_whole and each.money.is_whole, *_strain(each.strain),
                row.observed if row else None, row.people if row else None,
                row.source if row else None,
            )  # fmt: skip
        yield (
            name, "whole journey", None, _plain(cost.learning.value),
            _plain(cost.compliance.value), _plain(cost.money.value), not cost.missing,
            *_strain(cost.strain), cost.observed, None, None,
        )  # fmt: skip


def _strain(strain: Strain | None) -> tuple[Decimal | None, int | None]:
    return (_plain(strain.mean), strain.n) if strain else (None, None)


def as_document(burden: JourneyBurden) -> dict[str, object]:
    """The burden for a program: null is not assessed; `is_whole` says whether a sum leaves out."""
    return {
        "service": burden.journey.service.code,
        "journey": burden.journey.name,
        "segments": [_segment(each) for each in burden.segments],
        "too_few_to_show": [each or "everybody else" for each in burden.hidden],
        "wage": {"dollars_an_hour": burden.wage.dollars_an_hour, "source": burden.wage.source}
        if burden.wage
        else None,
        "changes": [
            {
                "change": each.change.title, "changed_on": each.change.changed_on,
                "segment": each.effect.after.segment, "steps": list(each.effect.touched),
                "before_minutes": _amount(each.effect.before.time),
                "after_minutes": _amount(each.effect.after.time),
                "minutes_saved_each": _plain(each.effect.saved),
                "hours_saved_a_year": _plain(each.effect.hours),
                "not_assessed": each.effect.unknown,
            }
            for each in burden.changes
        ],
    }  # fmt: skip


def _segment(cost: JourneyCost) -> dict[str, object]:
    mean, n = _strain(cost.strain)
    return {
        "segment": cost.segment,
        "in_words": cost.words,
        "learning_minutes": _amount(cost.learning),
        "compliance_minutes": _amount(cost.compliance),
        "dollars": _amount(cost.money),
        "hours_a_year": _amount(cost.hours),
        "strain_1_to_5": mean,
        "strain_n": n,
        "steps": [
            {
                "step": each.step, "learning_minutes": _amount(each.learning),
                "compliance_minutes": _amount(each.compliance), "dollars": _amount(each.money),
                "source": each.assessment.source if each.assessment else None,
                "people_observed": each.assessment.observed if each.assessment else None,
            }
            for each in cost.steps
        ],
    }  # fmt: skip


def _amount(amount: Amount) -> dict[str, object]:
    return {"value": _plain(amount.value), "is_whole": amount.is_whole}


def _plain(value: Decimal | None) -> Decimal | None:
    """The value to the hundredth, as files carry it."""
    return None if value is None else value.quantize(Decimal("0.01"))
