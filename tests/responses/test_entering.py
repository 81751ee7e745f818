"""Staff enter paper forms: stored once, audited, counted, and taken back."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict
from cx280.pages import written
from cx280.responses import actions, exporting, queries
from cx280.responses.actions.entering import entry_id
from cx280.responses.models import Comment, Entry, OfferCount, PaperBatch, Response
from cx280.responses.queries.entering import agreement_of, reach_by_mode
from cx280.responses.rules.entering import read_sheet
from cx280.responses.rules.form_numbers import form_number
from tests.builders import a_person, a_unit
from tests.responses.entered import TODAY, a_batch, a_clerk, keyed, owner, words_of
from tests.responses.visits import an_open_survey, clearance_of

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]


@pytest.mark.proves("280.6-b2")
def test_a_sheet_is_an_answer_of_the_day_and_office_it_was_received() -> None:
    batch = a_batch()
    entry = keyed(batch, trust="5", ease="!unreadable", comment="Call me at 202-555-0143")

    response = Response.objects.get()
    assert (response.day, response.unit) == (batch.received_on, batch.unit)
    assert (response.source, response.channel) == ("keyed", "in_person")
    assert response.answers["trust"] == 5
    assert response.answers["ease"] is None
    assert entry.marks["ease"] == "unreadable"
    assert entry.marks["equity"] == "blank"
    assert "555" not in Comment.objects.get().text


def test_the_same_sheet_is_never_keyed_twice_whoever_keys_it_into_which_batch() -> None:
    batch = a_batch()
    keyed(batch, "1-000001-0")
    other = a_batch(batch.version)

    with pytest.raises(Conflict, match="was keyed already"):
        keyed(other, "1-000001-0", trust="1")

    assert Response.objects.get().answers["trust"] == 4


def test_two_surveys_may_number_their_sheets_alike() -> None:
    keyed(a_batch(), "A-1")
    keyed(a_batch(), "A-1")

    assert Response.objects.count() == 2


@pytest.mark.parametrize(
    ("form", "outcome"), [({"trust": ""}, "blank"), ({"trust": "!several"}, "unusable")]
)
def test_a_sheet_without_an_answer_is_counted_and_no_response(
    form: dict[str, str], outcome: str
) -> None:
    entry = keyed(a_batch(), **form)

    assert entry.outcome == outcome
    assert not Response.objects.exists()
    assert OfferCount.objects.get().started == 1


@pytest.mark.proves("INC-33")
def test_a_rate_on_paper_takes_the_forms_handed_out_and_is_unknown_without_them() -> None:
    batch = a_batch(handed_out=40)
    for number in ("A-1", "A-2"):
        keyed(batch, number)

    (paper,) = reach_by_mode(batch.version.survey, date(2020, 1, 1))
    assert (paper.offered, paper.answered, paper.response_rate) == (40, 2, 0.05)
    assert OfferCount.objects.get(day=batch.received_on).offered == 40

    a_batch(batch.version)
    (paper,) = reach_by_mode(batch.version.survey, date(2020, 1, 1))
    assert (paper.offered, paper.response_rate) == (None, None)


def test_taking_back_leaves_nothing_but_the_trail() -> None:
    batch = a_batch()
    entry = keyed(batch, comment="Kind", trust="3")

    actions.take_back(entry, by=entry.entered_by)

    assert not Entry.objects.exists()
    assert not Response.objects.exists()
    assert not Comment.objects.exists()
    assert OfferCount.objects.get().started == 0
    keyed(batch, entry.form_number)
    told = list(AuditEntry.objects.values_list("action", flat=True).order_by("pk"))
    assert told == ["open_paper_batch", "key_paper_form", "take_back_entry", "key_paper_form"]


def test_nothing_is_keyed_into_a_closed_batch() -> None:
    batch = a_batch()
    actions.close_batch(batch, by=a_clerk(batch.version), now=timezone.now())

    with pytest.raises(Conflict, match="closed"):
        keyed(batch)


def test_a_share_is_drawn_for_a_second_keying_and_its_agreement_shown() -> None:
    batch = a_batch(check_percent=100)
    document = queries.document_of(batch.version)
    entry = keyed(batch, trust="5", ease="4", efficiency="3")
    again = read_sheet(document, {"trust": ["5"], "ease": ["3"], "efficiency": ["3"]})

    second = actions.check_sheet(entry, sheet=again, by=a_clerk(batch.version), now=timezone.now())

    assert second.differing == ["ease"]
    assert Response.objects.get().answers["ease"] == 4
    agreement = agreement_of(batch)
    assert (agreement.sheets, agreement.compared, agreement.differing) == (1, 7, 1)
    assert agreement.share == pytest.approx(6 / 7)


def test_how_many_are_drawn_is_near_the_share() -> None:
    batch = a_batch(check_percent=20)
    by = a_clerk(batch.version)

    drawn = sum(keyed(batch, f"N-{n}", by).to_check for n in range(150))

    assert 15 <= drawn <= 46  # 30 expected; five standard deviations either way


def test_nobody_checks_their_own_keying(sign_in: SignIn) -> None:
    batch = a_batch(check_percent=100)
    entry = keyed(batch)

    answer = sign_in(entry.entered_by).post(
        f"/responses/{batch.version.survey.code}/paper/{batch.pk}/again/A-1/", {"trust": "4"}
    )

    assert answer.status_code == 403


def test_a_clerk_keys_a_sheet_on_the_screen(sign_in: SignIn) -> None:
    batch = a_batch()
    number = form_number(batch.version.number, 124)
    clerk = a_clerk(batch.version)
    client = sign_in(clerk)
    page = f"/responses/{batch.version.survey.code}/paper/{batch.pk}/"
    assert "You keyed <strong>0</strong> today" in words_of(client.get(page))

    answer = client.post(page, {"_number": number, "trust": "5", "equity": "!several"})

    assert answer.status_code == 302
    entry = Entry.objects.get(pk=entry_id(batch.version, number))
    assert (entry.entered_by, entry.marks["equity"]) == (clerk, "several")
    shown = words_of(client.get(page))
    assert "You keyed <strong>1</strong> today" in shown
    assert number in shown


@pytest.mark.parametrize(
    ("number", "said"),
    [
        ("", "Type the number on the form"),
        ("1-000124-1", "last digit does not fit"),
        (form_number(9, 124), "is of version 9"),
    ],
)
def test_a_number_that_cannot_be_is_refused_and_what_was_keyed_stays(
    sign_in: SignIn, number: str, said: str
) -> None:
    batch = a_batch()
    client = sign_in(a_clerk(batch.version))

    answer = client.post(
        f"/responses/{batch.version.survey.code}/paper/{batch.pk}/",
        {"_number": number, "trust": "2", "equity": "!several", "comment": "So kind"},
    )

    assert answer.status_code == 422
    page = words_of(answer)
    assert said in page
    assert "So kind" in page
    assert re.search(r'name="trust" value="2"[^>]* checked', page)
    assert re.search(r'name="equity" value="!several"[^>]* checked', page)
    assert not Entry.objects.exists()


def test_a_batch_is_opened_on_the_page_for_a_day_on_which_the_survey_was_asked(
    sign_in: SignIn,
) -> None:
    version = an_open_survey()
    unit = a_unit(owner(version))
    client = sign_in(a_clerk(version, unit))
    form = {
        "version": "1", "unit": str(unit.pk), "received_on": str(TODAY()), "language": "es",
        "channel": "in_person", "handed_out": "", "check_percent": "10",
    }  # fmt: skip
    page = f"/responses/{version.survey.code}/paper/"

    late = client.post(page, {**form, "received_on": "2001-01-01"})
    opened = client.post(page, form)

    assert late.status_code == 422
    assert "not yet open" in words_of(late)
    assert opened.status_code == 302
    assert PaperBatch.objects.get().language == "es"


@pytest.mark.proves("280.11-a1")
def test_forms_that_came_after_the_approval_ended_are_not_keyed(sign_in: SignIn) -> None:
    version = an_open_survey()
    clearance = clearance_of(version)
    clearance.expires_on = TODAY() - timedelta(days=3)
    clearance.save()
    unit = a_unit(owner(version))
    form = {
        "version": "1", "unit": str(unit.pk), "language": "en", "channel": "in_person",
        "check_percent": "0",
    }  # fmt: skip
    client = sign_in(a_clerk(version))
    page = f"/responses/{version.survey.code}/paper/"

    for days, status in ((2, 422), (3, 302)):
        day = TODAY() - timedelta(days=days)
        assert client.post(page, {**form, "received_on": str(day)}).status_code == status


def test_the_page_of_the_survey_shows_what_came_of_each_way_of_asking(sign_in: SignIn) -> None:
    batch = a_batch(handed_out=8)
    keyed(batch, "A-1")
    keyed(batch, "A-2", trust="")
    manager = a_person(Role.PROGRAM_MANAGER, owner(batch.version))

    page = words_of(sign_in(manager).get(f"/responses/{batch.version.survey.code}/"))

    assert "1 came back empty" in page
    assert written.percent(0.125, 1) in page
    assert "Asked by phone" not in page


def test_nothing_names_who_entered_or_how_outside(sign_in: SignIn) -> None:
    batch = a_batch()
    entry = keyed(batch)

    header, rows = exporting.table_of(batch.version.survey, Response.objects.all(), "csv")
    written = " ".join(str(cell) for row in rows for cell in row)

    assert entry.entered_by.email not in written
    assert entry.form_number not in written
    assert not {"entered_by", "form_number", "marks"} & set(header)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ACCOUNTABLE_OFFICIAL, Role.OMB_REVIEWER])
def test_who_only_reads_enters_nothing(sign_in: SignIn, role: Role) -> None:
    batch = a_batch()
    client = sign_in(a_person(role, owner(batch.version)))
    code = batch.version.survey.code

    for page in (
        "/responses/entering/",
        f"/responses/{code}/paper/",
        f"/responses/{code}/paper/{batch.pk}/",
        f"/responses/{code}/ask/",
    ):
        assert client.get(page).status_code == 403
        assert client.post(page).status_code in {403, 405}


def test_a_clerk_of_one_office_keys_for_that_office_alone(sign_in: SignIn) -> None:
    theirs = a_batch()
    mine = a_batch(theirs.version)
    entry = keyed(theirs)
    code = theirs.version.survey.code
    client = sign_in(a_clerk(theirs.version, mine.unit))

    assert client.get(f"/responses/{code}/paper/{mine.pk}/").status_code == 200
    assert client.get(f"/responses/{code}/paper/{theirs.pk}/").status_code == 404
    taken = client.post(f"/responses/{code}/entered/{entry.pk}/take-back/")
    assert taken.status_code == 404
    assert f"/paper/{theirs.pk}/" not in words_of(client.get(f"/responses/{code}/paper/"))


def test_a_clerk_takes_back_their_own_and_a_manager_anybodys(sign_in: SignIn) -> None:
    batch = a_batch()
    code = batch.version.survey.code
    first, second = a_clerk(batch.version), a_clerk(batch.version)
    entry, other = keyed(batch, "A-1", first), keyed(batch, "A-2", first)

    path = f"/responses/{code}/entered/{entry.pk}/take-back/"
    assert sign_in(second).post(path).status_code == 403
    assert sign_in(first).post(path).status_code == 302
    path = f"/responses/{code}/entered/{other.pk}/take-back/"
    manager = a_person(Role.PROGRAM_MANAGER, owner(batch.version))
    assert sign_in(manager).post(path).status_code == 302
    assert not Entry.objects.exists()


def test_a_clerk_sees_no_answers_and_no_comments(sign_in: SignIn) -> None:
    version = an_open_survey()
    client = sign_in(a_clerk(version))

    assert client.get("/").url == "/responses/entering/"  # type: ignore[attr-defined]
    for page in ("/responses/", f"/responses/{version.survey.code}/", "/today/", "/surveys/"):
        assert client.get(page).status_code == 403


def test_the_names_of_sheets_never_meet() -> None:
    version = an_open_survey()

    assert len({entry_id(version, f"A-{n}") for n in range(500)}) == 500
    assert isinstance(entry_id(version, "A"), uuid.UUID)
