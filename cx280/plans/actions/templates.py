"""Loads templates of the Action Plan, and chooses the one that a draft answers."""

from __future__ import annotations

from django.db import transaction

from cx280.accounts.models import Person
from cx280.circular.implements import implements
from cx280.issued.actions import keep_template
from cx280.kernel.problem import Unusable
from cx280.plans.actions.trail import to_write, told
from cx280.plans.models import ActionPlan, PlanTemplateVersion
from cx280.plans.queries.templates import shipped, templates_for
from cx280.plans.rules.templates import read_plan_template


def load_plan_template(text: str, *, by: Person | None = None) -> PlanTemplateVersion:
    """The template in a TOML text, kept from now on; loading the same again changes nothing.

    Raises Unusable when it is no template, Conflict when the version has another text already.
    """
    return keep_template(PlanTemplateVersion, read_plan_template(text), by=by)


def load_shipped() -> None:
    """Makes sure that the templates that come with cx280 are there."""
    for text in shipped():
        load_plan_template(text)


@implements("280.17-g1")
@transaction.atomic
def choose_template(plan: ActionPlan, template: PlanTemplateVersion, *, by: Person) -> ActionPlan:
    """The draft, which answers that template from now on.

    What was told under codes of another template is kept and stands again when that is chosen.
    """
    kept = to_write(plan, by)
    if template not in templates_for(kept.fiscal_year):
        raise Unusable(f"{template} is not for FY{kept.fiscal_year}.", field="template")
    kept.template_version = template
    kept.save(update_fields=["template_version"])
    told("choose_template", kept, by, template=str(template))
    return kept
