"""From evidence to pain points to actions, and what leads nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from cx280.kernel.problem import Unusable
from cx280.plans.actions.writing import add_pain_point, begin_plan
from cx280.plans.rules.trace import Trace, Traced, loose_ends
from cx280.plans.rules.vocabulary import EvidenceKind
from cx280.research.actions.insights import save_insight
from cx280.research.actions.studies import save_study
from tests.obligations.builders import a_provider_that_owes
from tests.plans.builders import an_action

TRACED = some.builds(
    Traced,
    some.text("abc", min_size=1, max_size=3),
    some.sampled_from(("", "Long waits")),
    some.lists(some.sampled_from(EvidenceKind), max_size=3),
)


@pytest.mark.proves("280.4-b4", "280.8-b10")
@given(some.lists(TRACED, max_size=6))
def test_an_action_is_loose_until_it_reaches_evidence(actions: list[Traced]) -> None:
    found = loose_ends(Trace(actions, ("Long waits",), ("Interviews",)))

    reached = [each for each in actions if each.pain_point and each.kinds]
    assert len(found.actions) == len(actions) - len(reached)
    assert (found.pain_points, found.studies) == (["Long waits"], ["Interviews"])
    human = {EvidenceKind.RESEARCH, EvidenceKind.STUDY, EvidenceKind.INSIGHT}
    assert found.human_centered == sum(bool(human & set(each.kinds)) for each in actions)
    assert found.share == (found.human_centered / len(actions) if actions else None)


@pytest.mark.django_db
@pytest.mark.proves("280.4-b4", "280.8-b10", "280.17-f2")
def test_a_pain_point_names_the_study_the_insight_and_the_figure_of_today(client: Client) -> None:
    owing = a_provider_that_owes(date(2023, 7, 1))
    service = owing.services[0]
    study = save_study(None, by=owing.lead, values={
        "title": "Why people wait", "question": "Why?", "approach": "qualitative",
        "method": "interviews", "organization": owing.agency, "services": [service],
        "starts_on": date(2023, 3, 1), "ends_on": date(2023, 3, 2), "findings": "They wait.",
    })  # fmt: skip
    insight = save_insight(None, owing.agency, by=owing.lead, on=date(2023, 4, 1), values={
        "sentence": "They do not know that they wait", "confidence": "low",
    })  # fmt: skip
    told = {"words": "Long waits", "evidence": "In 9 of 14 interviews", "address": ""}
    an_action(owing, begin_plan(owing.hisp, fiscal_year=2023, by=owing.lead))
    with pytest.raises(Unusable):
        add_pain_point(
            service, words="Waits", kind="study", evidence="In 9", address="", by=owing.lead
        )

    client.force_login(owing.lead, backend="cx280.accounts.backends.PasswordOrLink")
    address = reverse("plans:pain-points")
    before = client.get(address).content.decode()
    sent = {"service": service.pk, **told}
    client.post(address, {**sent, "kind": "study", "study": study.pk, "figure": "trust"})
    client.post(address, {**sent, "kind": "insight", "insight": insight.pk})
    page = client.get(address).content.decode()

    assert "No pain point goes back to the study “Why people wait”" in before
    assert "goes back to the study" not in page
    assert reverse("research:study", args=[study.pk]) in page
    assert reverse("research:insight", args=[insight.pk]) in page
    assert "nobody has answered yet." in page
    assert "0 of 1 action (" in page
    assert "No action answers “Long waits”" in page
