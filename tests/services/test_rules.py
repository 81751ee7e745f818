"""The rules of services that are no checks: channels, profile, peers, journeys, names."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.kernel.quarter import Quarter
from cx280.services.rules.facts import ServiceFacts, Volume
from cx280.services.rules.journey_order import moved
from cx280.services.rules.names import CODE_LENGTH, RESERVED, code_for, is_code, name_key
from cx280.services.rules.participation import latest_volume, participation
from cx280.services.rules.peers import may_compare, peer_group
from cx280.services.rules.people import needs_a_person
from cx280.services.rules.profile import ELEMENTS, completeness, elements_there
from cx280.services.rules.target_quarter import is_deferred, late_target
from cx280.services.rules.traditional import retiring_last_traditional
from cx280.services.rules.vocabulary import Channel, PerformerKind, TransactionType
from tests.services.facts import ANY_SERVICE, CHANNELS, a_whole_service

TYPES = [
    "administrative", "benefits", "compliance", "recreation", "informational", "data_research",
    "regulatory", "other", "",
]  # fmt: skip
LEVELS = ["transaction", "journey", "relationship"]
QUARTERS = st.builds(Quarter, st.integers(2018, 2030), st.integers(1, 4))


@pytest.mark.proves("280.6-b1")
def test_retiring_the_last_traditional_channel_is_an_error() -> None:
    (found,) = retiring_last_traditional(a_whole_service(), [Channel.IN_PERSON])

    assert (found.rule, found.severity) == ("280.6-b1", "error")


@pytest.mark.proves("280.6-b1")
@given(CHANNELS, CHANNELS)
def test_retiring_is_an_error_only_when_none_is_left_of_some(
    channels: frozenset[Channel], retired: frozenset[Channel]
) -> None:
    facts = a_whole_service(channels=channels)
    before = [each for each in channels if not each.is_digital]
    after = [each for each in channels - retired if not each.is_digital]

    found = retiring_last_traditional(facts, retired)

    assert bool(found) == (bool(before) and not after)


@pytest.mark.proves("280.7-a3", "280.7-a4")
def test_websites_and_kiosks_are_digital_and_counters_phones_and_letters_are_not() -> None:
    digital = {Channel.WEBSITE, Channel.MOBILE, Channel.MOBILE_APP, Channel.SELF_SERVICE_KIOSK}
    traditional = {Channel.IN_PERSON, Channel.PHONE, Channel.POSTAL_MAIL, Channel.PAPER}

    assert all(each.is_digital for each in digital)
    assert not any(each.is_digital for each in traditional)


@pytest.mark.proves("280.4-g2", "280.4-g4", "280.4-g7")
def test_completeness_counts_the_five_parts_of_the_profile() -> None:
    whole = a_whole_service()
    half = a_whole_service(occasion=" ", offering="", tools=())

    assert elements_there(whole) == ELEMENTS
    assert elements_there(half) == ("channels", "roles")
    assert completeness([whole, half]).share == 0.7


@given(st.lists(ANY_SERVICE, max_size=3))
def test_completeness_lies_between_nothing_and_everything(services: list[ServiceFacts]) -> None:
    found = completeness(services)

    assert 0 <= found.share <= 1
    assert found.of == 5 * len(services)


@pytest.mark.proves("280.4-g3")
def test_participation_needs_both_numbers() -> None:
    assert participation(250, 1000) == 0.25
    assert participation(None, 1000) is None
    assert participation(250, None) is None
    assert participation(250, 0) is None


@pytest.mark.proves("280.4-g3")
def test_the_latest_volume_is_the_newest_years_for_all_channels() -> None:
    by_channel = [
        Volume(2021, 10, "Web log", Channel.WEBSITE),
        Volume(2021, 5, "Counter", Channel.IN_PERSON),
    ]
    whole = Volume(2021, 14, "Annual report")

    assert latest_volume([]) is None
    assert latest_volume([Volume(2020, 99, "Old"), *by_channel, whole]) == whole
    added = latest_volume(by_channel)
    assert added is not None
    assert added.customers == 15
    assert "Web log; Counter" in added.source


@pytest.mark.proves(
    "280.4-e2", "280.4-e3", "280.4-e4", "280.4-e5", "280.4-e6", "280.4-e7", "280.4-e8", "280.4-e9"
)
@given(
    st.tuples(st.sampled_from(TYPES), st.sampled_from(LEVELS)),
    st.tuples(st.sampled_from(TYPES), st.sampled_from(LEVELS)),
)
def test_services_are_peers_when_type_and_level_agree_and_the_type_is_named(
    one: tuple[str, str], other: tuple[str, str]
) -> None:
    named = one[0] not in {"", "other"}

    assert may_compare(one, other) == (named and one == other)
    assert (peer_group(*one) is None) == (not named)


@pytest.mark.proves("INC-23")
def test_the_six_interactions_are_not_the_seven_types() -> None:
    assert len(TransactionType) == 6
    assert not {each.value for each in TransactionType} & set(TYPES)


@pytest.mark.proves("280.4-g6")
@given(st.lists(st.sampled_from(list(PerformerKind)), max_size=4))
def test_the_employee_driver_is_off_when_machines_do_everything(
    performers: list[PerformerKind],
) -> None:
    only_machines = bool(performers) and set(performers) == {PerformerKind.AUTOMATED}

    assert needs_a_person(performers) == (not only_machines)


@pytest.mark.proves("280.16-b1")
def test_reporting_may_start_with_the_first_quarter_of_2023_and_not_later() -> None:
    limit = Quarter.parse("FY2023 Q1")

    assert late_target(Quarter.parse("FY2023 Q1"), limit) == []
    (found,) = late_target(Quarter.parse("FY2023 Q2"), limit)
    assert (found.rule, found.severity) == ("280.16-b1", "error")


@pytest.mark.proves("280.16-b1")
@given(QUARTERS, QUARTERS)
def test_quarters_before_the_target_are_deferred_not_missing(
    quarter: Quarter, target: Quarter
) -> None:
    assert is_deferred(quarter, target) == (quarter.first_day < target.first_day)
    assert not is_deferred(quarter, None)


@given(st.lists(st.integers(), min_size=1, max_size=6), st.data())
def test_moving_a_step_keeps_every_step(steps: list[int], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(steps) - 1))
    by = data.draw(st.integers(-7, 7))

    found = moved(steps, index, by)

    assert sorted(found) == sorted(steps)
    assert found[min(max(index + by, 0), len(steps) - 1)] == steps[index]


@given(st.text(max_size=300), st.frozensets(st.text(max_size=10)))
def test_a_code_is_free_and_fits_in_an_address(name: str, taken: frozenset[str]) -> None:
    code = code_for(name, taken)

    assert is_code(code)
    assert code not in taken
    assert len(code) <= CODE_LENGTH
    assert code_for(name, taken | {code}) != code


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_no_service_takes_the_address_of_a_page(word: str) -> None:
    assert code_for(word) != word
    assert not is_code(word)


@pytest.mark.proves("280.5-a2")
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=126), max_size=20))
def test_two_names_are_the_same_whatever_their_case_and_spaces(name: str) -> None:
    assert name_key(f"  {name.upper()} ") == name_key(name.lower())


@given(CHANNELS)
def test_facts_know_digital_and_traditional(channels: frozenset[Channel]) -> None:
    facts = replace(a_whole_service(), channels=channels)

    assert facts.has_digital_channel == any(each.is_digital for each in channels)
    assert facts.has_traditional_channel == any(not each.is_digital for each in channels)
