"""Feedback of the same people along a journey: off by default, under a clearance, never a name."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.clearance.rules.following import following_forbidden
from cx280.delivery.actions.following import (
    MayNotFollow,
    destroy_followings,
    follow_journey,
    stop_following,
)
from cx280.delivery.models import FollowedAnswer, Following
from cx280.delivery.queries.following import followed
from cx280.delivery.rules.following import person_in, token_of
from cx280.journeys.rules.along import LEAST_PEOPLE, Said, along
from cx280.responses.models import Response
from cx280.services.models import Journey
from cx280.surveys.models import SurveyVersion
from tests.builders import a_clearance, a_collection, a_journey, a_person, a_service, a_survey
from tests.builders import a_version as a_version_of
from tests.responses.visits import a_token, send

SignIn = Callable[[Person], Client]
ANA = "Ana.Reyes@example.com"
SCORES = st.dictionaries(st.integers(0, 2), st.integers(1, 5), max_size=3)


def said_by(people: list[dict[int, int]]) -> list[Said]:
    return [
        Said(f"p{n}", place, "trust", "agree5", code)
        for n, scores in enumerate(people)
        for place, code in scores.items()
    ]


@pytest.mark.proves("280.10-b3")
@given(st.lists(SCORES, max_size=40))
def test_each_pair_is_of_those_who_answered_both_and_never_of_few(
    people: list[dict[int, int]],
) -> None:
    found = along(said_by(people), 5)

    for move in found.moves:
        both = [p for p in people if move.earlier in p and move.later in p]
        moved = [p[move.later] - p[move.earlier] for p in both]
        assert move.n == len(both) >= LEAST_PEOPLE
        assert move.difference == pytest.approx(sum(moved) / len(moved))
        assert move.low <= move.difference <= move.high
        if move.better is not None:
            signs = Counter((d > 0) - (d < 0) for d in moved)
            assert all(signs[s] == 0 or signs[s] >= 5 for s in (-1, 0, 1))
            assert move.better == pytest.approx(signs[1] / len(moved))


def test_a_clear_rise_is_seen_and_scales_are_not_mixed() -> None:
    rising = said_by([{0: 2, 1: 4 + n % 2} for n in range(30)])
    other = [Said(f"q{n}", 2, "trust", "agree7", 7) for n in range(30)]

    (move,) = along([*rising, *other], 5).moves

    assert move.is_seen
    assert (move.earlier, move.later, move.n, move.better) == (0, 1, 30, 1.0)


@pytest.mark.proves("280.10-b3")
@given(st.binary(min_size=16, max_size=64), st.emails(), st.binary(min_size=16, max_size=64))
def test_a_token_is_the_same_for_one_person_under_one_secret_alone(
    secret: bytes, email: str, other: bytes
) -> None:
    token = token_of(secret, email)

    assert token == token_of(secret, f" {email.swapcase().casefold()} ")
    assert person_in(token, secret) == token[:32]
    assert email not in token
    if other != secret:
        assert person_in(token, other) == ""


@pytest.mark.proves("280.10-b3")
def test_only_a_clearance_in_force_that_says_so_permits_it() -> None:
    assert following_forbidden("1094-0123", permits_following=True) == []
    for number, permits in ((None, True), ("1094-0123", False)):
        (found,) = following_forbidden(number, permits_following=permits)
        assert (found.rule, found.severity) == ("280.10-b3", "error")


@pytest.fixture
def by(db: None) -> Person:
    service = a_service(code="along")
    return a_person(Role.PROGRAM_MANAGER, service.owner)


@pytest.fixture
def journey(by: Person) -> Journey:
    owner = by.assignments.get().organization
    assert owner is not None
    journey = a_journey(owner.services.get())
    clearance = a_clearance(owner, permits_following=True)
    for step in journey.steps.all():
        survey = a_survey(journey.service, collection=a_collection(clearance), journey_step=step)
        a_version_of(survey)
    return journey


def versions(journey: Journey) -> list[SurveyVersion]:
    found = SurveyVersion.objects.filter(survey__journey_step__journey=journey)
    return list(found.select_related("survey__collection__clearance").order_by("pk"))


def begun(journey: Journey, by: Person) -> Following:
    collection = versions(journey)[0].survey.collection
    assert collection is not None
    today = timezone.localdate()
    return follow_journey(journey, clearance=collection.clearance, on=today, by=by)


def answered(client: Client, version: SurveyVersion, token: str, trust: str) -> None:
    send(client, version, a_token(version, along=token), trust=trust)


@pytest.mark.proves("280.10-b3")
def test_off_by_default_nothing_is_kept_whatever_a_link_says(
    client: Client, journey: Journey
) -> None:
    version = versions(journey)[0]

    answered(client, version, token_of(b"x" * 32, ANA), "5")

    assert Response.objects.count() == 1
    assert not FollowedAnswer.objects.exists()
    assert followed(version.survey) is None


@pytest.mark.proves("280.10-b3")
def test_it_needs_the_id_of_a_clearance_that_allows_it(
    sign_in: SignIn, journey: Journey, by: Person
) -> None:
    other = a_clearance(journey.service.owner)

    for clearance in (None, other):
        with pytest.raises(MayNotFollow) as refused:
            follow_journey(journey, clearance=clearance, on=timezone.localdate(), by=by)
        assert refused.value.rule == "280.10-b3"
    address = f"/journeys/{journey.pk}/along/follow/"
    said = sign_in(by).post(address, {"clearance": other.pk}, follow=True).content.decode()

    assert "rule 280.10-b3" in said
    assert not Following.objects.exists()


@pytest.mark.proves("280.10-b3")
def test_the_same_person_is_known_at_two_moments_and_told_so_first(
    client: Client, journey: Journey, by: Person
) -> None:
    begun(journey, by)
    first, second, _ = versions(journey)
    one = followed(first.survey)
    assert one is not None
    token = one.token(ANA)

    page = client.get(f"/s/{first.survey.code}/?along={token}").content.decode()
    answered(client, first, token, "2")
    answered(client, first, token, "5")  # not kept: the first at a moment counts
    answered(client, second, token, "4")
    answered(client, second, f"{token[:-1]}z", "4")  # made up elsewhere

    assert "may be read together" in page
    apart = re.search(r'href="(\?[^"]*)">Keep these answers apart', page)
    assert apart
    assert "along" not in apart.group(1)
    rows = list(FollowedAnswer.objects.order_by("pk"))
    assert {each.person for each in rows} == {token[:32]}
    assert [each.scores["trust"] for each in rows] == [["agree5", 2], ["agree5", 4]]
    names = {field.name for field in FollowedAnswer._meta.get_fields()}
    assert names == {"id", "following", "person", "survey", "day", "scores"}


@pytest.mark.proves("280.10-b3")
def test_it_ends_with_its_clearance_and_goes_with_its_secret(
    client: Client, journey: Journey, by: Person
) -> None:
    following = begun(journey, by)
    survey = versions(journey)[0].survey
    one = followed(survey)
    assert one is not None
    answered(client, versions(journey)[0], one.token(ANA), "3")

    following.clearance.permits_following = False
    following.clearance.save()
    assert followed(survey) is None
    assert destroy_followings(following.last_day) == 0
    assert destroy_followings(following.last_day + timedelta(days=1)) == 1

    assert not FollowedAnswer.objects.exists()
    assert mail.outbox == []


def test_stopping_destroys_what_was_kept(journey: Journey, by: Person) -> None:
    following = begun(journey, by)
    survey = versions(journey)[0].survey
    FollowedAnswer.objects.create(
        following=following, person="a" * 32, survey=survey, day=date(2022, 1, 3), scores={}
    )

    stop_following(following, actor=by.email)

    assert not FollowedAnswer.objects.exists()


def test_the_page_compares_and_hides_few_people(
    sign_in: SignIn, journey: Journey, by: Person
) -> None:
    following = begun(journey, by)
    first, second, third = (each.survey for each in versions(journey))
    rows = [
        FollowedAnswer(
            following=following, person=f"{n:032x}", survey=survey, day=date(2022, 1, day),
            scores={"trust": ["agree5", code]},
        )
        for n in range(40)
        for survey, day, code in ((first, 3, 2 + n % 2), (second, 9, 4), (third, 20, 5))
        if survey is not third or n < 3
    ]  # fmt: skip
    FollowedAnswer.objects.bulk_create(rows)

    page = sign_in(by).get(f"/journeys/{journey.pk}/along/").content.decode()
    stranger = sign_in(a_person(Role.PROGRAM_MANAGER)).get(f"/journeys/{journey.pk}/along/")

    assert "Trust rises" in page
    assert "1.50" in page
    assert "2 comparisons of fewer than" in page
    assert stranger.status_code == 404
