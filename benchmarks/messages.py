"""The page of a survey's messages, at a given number of interactions of the last ninety days.

    python -m benchmarks.messages [--interactions 1000000]

Seven in ten were sent, one in ten each suppressed, came back, or was not drawn. Prints the page's
cost, and that of the count by the worker that it rests on, as JSON.
"""

from __future__ import annotations

import argparse
import json
import time

from benchmarks.measuring import own_data
from benchmarks.pages import page_cost
from benchmarks.record import start

_INTERACTIONS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %s)
INSERT INTO delivery_interaction (id, agency_id, key, survey_id, plan_id, language, stratum,
    ended_at, received_at, is_drawn, probability, state, reason, channel)
SELECT i, %s, printf('%%032x', i), %s, %s, 'en', '', moment, moment, i %% 10 <> 9, 1.0,
    CASE i %% 10 WHEN 9 THEN 'not_drawn' WHEN 8 THEN 'suppressed' WHEN 7 THEN 'bounced'
        ELSE 'sent' END,
    CASE i %% 10 WHEN 8 THEN 'quiet' ELSE '' END,
    CASE i %% 10 WHEN 9 THEN '' ELSE 'email' END
FROM (SELECT i, datetime('now', printf('-%%d seconds', (i * 7919) %% 7776000)) AS moment FROM n)
"""
_INVITATIONS = """
INSERT INTO delivery_invitation (interaction_id, key, address, person, time_zone, leave_by, tries,
    lag_minutes, parts)
SELECT id, key, '', '', '', datetime(received_at, '+2 days'), 1, id %% 2880, 0
FROM delivery_interaction WHERE state IN ('sent', 'bounced')
"""


def main() -> None:
    """Prints p95, processor time and queries of the page, and what the count costs."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--interactions", type=int, default=1_000_000)
    interactions = parser.parse_args().interactions
    with own_data():
        start()
        print(json.dumps(_measured(interactions)))


def _measured(interactions: int) -> dict[str, float]:
    from django.db import connection
    from django.test import Client
    from django.utils import timezone

    from cx280.accounts.rules import Role
    from cx280.agencies.queries import agency_of
    from cx280.delivery.models import SamplingPlan
    from cx280.delivery.tasks import count_reach
    from tests.builders import a_person
    from tests.delivery.builders import a_mailing

    survey = a_mailing()
    owner, plan = survey.service.owner, SamplingPlan.objects.get(survey=survey)
    with connection.cursor() as cursor:
        cursor.execute(_INTERACTIONS, [interactions, agency_of(owner).pk, survey.pk, plan.pk])
        cursor.execute(_INVITATIONS, [])
        cursor.execute("ANALYZE")
    began = time.process_time()
    count_reach(timezone.now())
    first = time.process_time() - began
    began = time.process_time()
    count_reach(timezone.now())
    again = time.process_time() - began
    client = Client()
    client.force_login(
        a_person(Role.PROGRAM_MANAGER, owner), backend="cx280.accounts.backends.PasswordOrLink"
    )
    found = page_cost(client, f"/surveys/{survey.code}/messages/?days=90")
    return {**found, "first_count_cpu_seconds": first, "count_cpu_seconds": again}


if __name__ == "__main__":
    main()
