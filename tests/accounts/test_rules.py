"""The table of roles and capabilities says what the issue of roles asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cx280.accounts.access import PUBLIC, SIGNED_IN, WhoMay
from cx280.accounts.rules import GOVERNMENT_WIDE, MAY, Capability, Role, roles_that_may

# What puts something into the record, as opposed to looking at it.
WRITES = frozenset(each for each in Capability if not each.value.startswith("see "))
C = Capability


def test_every_role_has_its_row_and_its_words() -> None:
    assert set(MAY) == set(Role)
    assert len({each.label for each in Role}) == len(Role)


@given(st.sampled_from(Capability))
def test_every_capability_is_carried_by_some_role(capability: Capability) -> None:
    assert roles_that_may(capability)


@given(st.sampled_from(Role), st.sampled_from(Capability))
def test_roles_that_may_is_the_table_read_the_other_way(role: Role, capability: C) -> None:
    assert (role in roles_that_may(capability)) == (capability in MAY[role])


def test_an_analyst_only_reads() -> None:
    assert not MAY[Role.ANALYST] & WRITES


def test_omb_sees_submissions_and_never_what_people_wrote() -> None:
    held = MAY[Role.OMB_REVIEWER]

    assert {C.SEE_GOVERNMENT, C.SEE_QUARTERS, C.REVIEW_QUARTERS, C.PUBLISH, C.CONCUR} <= held
    assert not held & {C.SEE_COMMENTS, C.EXPORT_RESPONSES, C.IMPORT_RESPONSES}


def test_only_omb_reviews_publishes_and_concurs() -> None:
    for each in (C.REVIEW_QUARTERS, C.PUBLISH, C.CONCUR, C.SEE_GOVERNMENT):
        assert roles_that_may(each) == {Role.OMB_REVIEWER}


def test_only_the_senior_accountable_official_signs_a_quarter() -> None:
    assert roles_that_may(C.CERTIFY_QUARTERS) == {Role.ACCOUNTABLE_OFFICIAL}


@given(st.sampled_from(Role))
def test_nobody_both_writes_a_quarter_and_signs_it_or_both_submits_and_reviews(
    role: Role,
) -> None:
    held = MAY[role]

    assert not {C.EDIT_QUARTERS, C.CERTIFY_QUARTERS} <= held
    assert not {C.SUBMIT_QUARTERS, C.REVIEW_QUARTERS} <= held


def test_the_administrator_manages_people_and_reads_no_answers() -> None:
    held = MAY[Role.ADMINISTRATOR]

    assert roles_that_may(C.MANAGE_PEOPLE) == {Role.ADMINISTRATOR}
    assert not held & {C.SEE_COMMENTS, C.SEE_MEASURES, C.EXPORT_RESPONSES, C.EDIT_QUARTERS}


def test_a_cx_lead_may_all_that_a_program_manager_may() -> None:
    assert MAY[Role.PROGRAM_MANAGER] < MAY[Role.CX_LEAD]


def test_raw_comments_stay_inside_the_agency() -> None:
    assert not roles_that_may(C.SEE_COMMENTS) & GOVERNMENT_WIDE


@pytest.mark.parametrize("capability", [C.MANAGE_PEOPLE, C.SEE_SYSTEM])
def test_what_concerns_all_agencies_is_no_agency_s(capability: Capability) -> None:
    assert roles_that_may(capability) <= GOVERNMENT_WIDE


@given(st.frozensets(st.sampled_from(Capability)))
def test_nobody_signed_out_is_admitted_anywhere_but_to_public_pages(
    capabilities: frozenset[Capability],
) -> None:
    assert PUBLIC.admits(None)
    assert not SIGNED_IN.admits(None)
    assert not WhoMay(capabilities=capabilities).admits(None)
