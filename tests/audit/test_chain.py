"""The audit trail is a chain: changing, removing or adding in between shows."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from cx280.audit.actions import record, subject_of
from cx280.audit.commands import audit
from cx280.audit.models import AuditEntry
from cx280.audit.queries import broken_links, entries, last_digest, state_of_chain
from cx280.audit.rules import START, digest_of, plain
from cx280.audit.seal import lifting, sealing
from tests.builders import a_survey

WORDS = {
    "previous": START,
    "at": datetime(2022, 1, 28, 15, 4, 5, tzinfo=UTC),
    "actor": "lead@example.gov",
    "action": "open_survey",
    "subject": "surveys.Survey:12",
    "organization": "agency",
    "detail": {"before": "draft", "after": "open"},
}

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(), each, max_size=3),
    max_leaves=8,
)


def three_entries() -> list[AuditEntry]:
    return [record(actor="system", action="step", subject=f"x.X:{n}") for n in range(3)]


def meddle(statement: str) -> None:
    """What somebody with the database's own tools could do, triggers or not."""
    with connection.cursor() as cursor:
        for each in [*lifting(connection.vendor), statement, *sealing(connection.vendor)]:
            cursor.execute(each)


def test_the_same_entry_always_has_the_same_digest() -> None:
    eastern = WORDS["at"].astimezone(timezone(timedelta(hours=-5)))  # type: ignore[attr-defined]

    again = {**WORDS, "at": eastern, "detail": {"after": "open", "before": "draft"}}

    assert digest_of(**again) == digest_of(**WORDS)  # type: ignore[arg-type]


@pytest.mark.parametrize("field", ["previous", "actor", "action", "subject", "organization"])
def test_changing_any_word_changes_the_digest(field: str) -> None:
    assert digest_of(**{**WORDS, field: "other"}) != digest_of(**WORDS)  # type: ignore[arg-type]


def test_changing_the_time_or_the_detail_changes_the_digest() -> None:
    later = {**WORDS, "at": datetime(2022, 1, 28, 15, 4, 6, tzinfo=UTC)}
    told_otherwise = {**WORDS, "detail": {"before": "draft", "after": "closed"}}

    digests = {digest_of(**each) for each in (WORDS, later, told_otherwise)}  # type: ignore[arg-type]

    assert len(digests) == 3


@given(JSON)
def test_what_is_kept_is_json_that_reads_back_the_same(value: object) -> None:
    kept = plain(value)
    read_back = json.loads(json.dumps(kept))

    assert read_back == kept
    assert plain(kept) == kept
    assert digest_of(**{**WORDS, "detail": read_back}) == digest_of(**{**WORDS, "detail": kept})  # type: ignore[arg-type]


def test_dates_decimals_and_sets_are_kept_as_text() -> None:
    kept = plain({"on": date(2022, 1, 28), "minutes": Decimal("2.50"), "codes": {"b", "a"}})

    assert kept == {"on": "2022-01-28", "minutes": "2.50", "codes": ["a", "b"]}


def test_an_entry_is_told_in_plain_words() -> None:
    entry = AuditEntry(
        subject="agencies.OrganizationChange:7",
        action="change_organization",
        detail={"name": ["Boats", "Ships"], "codes": ["a", "b", "c"], "until": [None, "2022"]},
    )

    assert entry.subject_in_words == "Organization Change 7"
    assert entry.in_words == "change organization"
    assert entry.detail_in_words == "name: Boats → Ships; codes: a, b, c; until: nothing → 2022"


@pytest.mark.django_db
def test_each_entry_names_the_digest_of_the_one_before() -> None:
    first, second, third = three_entries()

    assert [first.previous, second.previous, third.previous] == [
        START,
        first.digest,
        second.digest,
    ]
    assert last_digest() == third.digest
    assert list(broken_links()) == []


@pytest.mark.django_db
def test_numbers_of_every_size_survive_the_database() -> None:
    record(
        actor="system", action="count", subject="x.X:1", detail={"n": 1e16, "p": 1e-7, "z": -0.0}
    )

    assert list(broken_links()) == []


@pytest.mark.django_db
def test_a_changed_entry_is_found() -> None:
    _, second, _ = three_entries()

    meddle(f"UPDATE audit_auditentry SET actor = 'nobody' WHERE id = {second.pk}")

    [broken] = broken_links()
    assert broken.entry == second.pk
    assert "changed" in broken.reason


@pytest.mark.django_db
def test_a_removed_entry_is_found_at_the_one_after_it() -> None:
    _, second, third = three_entries()

    meddle(f"DELETE FROM audit_auditentry WHERE id = {second.pk}")

    [broken] = broken_links()
    assert broken.entry == third.pk
    assert "removed" in broken.reason


@pytest.mark.django_db
def test_entries_cut_off_at_the_end_are_found_by_a_digest_noted_earlier() -> None:
    *_, third = three_entries()

    meddle(f"DELETE FROM audit_auditentry WHERE id = {third.pk}")

    assert state_of_chain().holds
    assert not state_of_chain(noted=third.digest).holds


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    ["UPDATE audit_auditentry SET actor = 'nobody'", "DELETE FROM audit_auditentry"],
)
def test_the_database_itself_refuses_to_change_or_remove_entries(statement: str) -> None:
    three_entries()

    with (
        pytest.raises(IntegrityError, match="only ever added"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)

    assert AuditEntry.objects.count() == 3


@pytest.mark.django_db
def test_two_entries_cannot_follow_the_same_one() -> None:
    first, _, _ = three_entries()

    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.create(**{**WORDS, "previous": first.digest, "digest": "f" * 64})


@pytest.mark.django_db
def test_an_entry_falls_with_the_change_it_tells_of() -> None:
    with transaction.atomic():
        record(actor="system", action="step", subject="x.X:1")
        transaction.set_rollback(True)

    assert AuditEntry.objects.count() == 0


@pytest.mark.django_db
def test_a_subject_names_the_kind_and_the_number() -> None:
    survey = a_survey()

    assert subject_of(survey) == f"surveys.Survey:{survey.pk}"


@pytest.mark.django_db
def test_reading_the_last_digest_and_adding_takes_two_queries(
    django_assert_max_num_queries: object,
) -> None:
    three_entries()

    # Savepoint, its release, the turn (PostgreSQL), the last digest, the insert.
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        record(actor="system", action="step", subject="x.X:9")


@pytest.mark.django_db
def test_entries_are_found_by_subject_actor_day_and_organization() -> None:
    record(actor="a@x.gov", action="step", subject="x.X:1", organization="bureau")
    record(actor="b@x.gov", action="step", subject="y.Y:2")
    today = AuditEntry.objects.first().at.date()  # type: ignore[union-attr]

    assert entries(subject="y.y").get().actor == "b@x.gov"
    assert entries(actor="A@X").get().subject == "x.X:1"
    assert entries(organizations=["bureau"]).get().subject == "x.X:1"
    assert entries(since=today + timedelta(days=2)).count() == 0
    assert entries(until=today - timedelta(days=2)).count() == 0


@pytest.mark.django_db
def test_verify_leaves_with_0_when_the_chain_holds() -> None:
    *_, third = three_entries()

    result = CliRunner().invoke(audit, ["verify", "--json", "--noted", third.digest])

    assert result.exit_code == 0
    assert json.loads(result.output)["entries"] == 3


@pytest.mark.django_db
def test_verify_names_the_first_broken_entry_and_leaves_with_1() -> None:
    first, _, _ = three_entries()
    meddle(f"UPDATE audit_auditentry SET detail = '{{}}', action = 'x' WHERE id = {first.pk}")

    result = CliRunner().invoke(audit, ["verify"])

    assert result.exit_code == 1
    assert f"The first is entry {first.pk}" in result.output


@pytest.mark.django_db
def test_list_prints_the_newest_entries_first() -> None:
    three_entries()

    result = CliRunner().invoke(audit, ["list", "--limit", "2", "--json"])

    assert [each["subject"] for each in json.loads(result.output)] == ["x.X:2", "x.X:1"]
