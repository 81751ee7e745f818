"""A comment that cannot wait stands in a queue at once, and the named person is told."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.agencies.models import Organization
from cx280.audit.models import AuditEntry
from cx280.kernel.problem import Conflict
from cx280.responses import actions, guard, queries
from cx280.responses.models import Concern, ConcernContact
from cx280.responses.rules import urgency
from cx280.responses.rules.importing import read_map
from cx280.responses.tasks import mail_concerns
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, a_unit, an_agency
from tests.responses.visits import a_token, an_open_survey, send

pytestmark = pytest.mark.django_db
SignIn = Callable[[Person], Client]
SAID = "I want to kill myself, call 202-555-0143"
THREAT = "I will kill that agent"
HERE = "/responses/urgent/"
MAP = b'external_id = "id"\nday = "day"\n[answers]\ntrust = "q1"\n[comments]\ncomment = "words"\n'


@pytest.fixture(autouse=True)
def fresh_addresses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cx280.responses.survey_views.addresses", guard.Addresses())


def owner(version: SurveyVersion) -> Organization:
    return version.survey.service.owner


def a_concern(words: str = SAID, unit: str = "") -> Concern:
    version = an_open_survey()
    actions.store(
        version,
        token_id=uuid.uuid4(),
        answers={"trust": 1},
        comments={"comment": words},
        unit_code=unit,
        received_at=timezone.now(),
    )
    return Concern.objects.get(comment__version=version)


def manager_of(concern: Concern) -> Person:
    return a_person(Role.PROGRAM_MANAGER, concern.comment.service.owner)


def test_it_is_stored_with_the_answer_and_only_as_redacted(client: Client) -> None:
    version = an_open_survey()

    send(client, version, trust="1", comment=SAID)

    concern = Concern.objects.get()
    assert (concern.kind, concern.state, concern.mailed_at) == ("crisis", "new", None)
    assert concern.comment.text == "I want to kill myself, call [phone]"
    assert concern.comment.service == version.survey.service


def test_a_page_sent_twice_makes_one_concern(client: Client) -> None:
    version = an_open_survey()
    token = a_token(version)

    for _ in range(2):
        send(client, version, token, trust="1", comment=SAID)

    assert Concern.objects.count() == 1


def test_the_thanks_say_who_listens_and_no_address_tells_why(client: Client) -> None:
    version = an_open_survey()

    said = send(client, version, trust="1", comment=SAID)
    ordinary = send(client, version, trust="1", comment="The line was long.")
    threat = send(client, version, trust="1", comment=THREAT)

    assert said.status_code == 200
    assert "call or text 988" in said.content.decode()
    assert "press 1" in said.content.decode()
    assert ordinary["Location"] == threat["Location"]


def test_the_thanks_say_it_in_spanish(client: Client) -> None:
    version = an_open_survey()

    said = send(client, version, trust="1", comment="Ya no quiero vivir", _lang="es")

    assert "oprima 2" in said.content.decode()


def test_the_survey_says_that_nobody_reads_live(client: Client) -> None:
    page = client.get(f"/s/{an_open_survey().survey.code}/").content.decode()

    assert "In an emergency, call 911" in page


def test_nothing_of_it_is_logged(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)

    send(client, an_open_survey(), trust="1", comment=SAID)
    mail_concerns(timezone.now())

    assert "kill myself" not in caplog.text


def test_the_page_shows_it_to_those_who_may_see_comments(sign_in: SignIn) -> None:
    concern = a_concern()
    client = sign_in(manager_of(concern))

    page = client.get(HERE).content.decode()

    assert "1 comment cannot wait" in page
    assert "I want to kill myself" in page
    assert "Suicide or self-harm" in page
    assert "I have it" in page


def test_another_agency_sees_and_changes_nothing(sign_in: SignIn) -> None:
    concern = a_concern()
    client = sign_in(a_person(Role.PROGRAM_MANAGER, an_agency()))

    page = client.get(HERE).content.decode()

    assert "No comment is waiting" in page
    assert "kill" not in page
    for what in ("take", "close"):
        assert client.post(f"{HERE}{concern.pk}/{what}/", {"note": "x"}).status_code == 404
    code = concern.comment.service.code
    assert client.get(f"{HERE}told/{code}/").status_code == 404


def test_an_office_sees_what_was_written_about_it_alone(sign_in: SignIn) -> None:
    version = an_open_survey()
    mine, other = a_unit(owner(version)), a_unit(owner(version))
    for unit, words in ((mine, SAID), (other, THREAT)):
        actions.store(
            version,
            token_id=uuid.uuid4(),
            answers={"trust": 1},
            comments={"comment": words},
            unit_code=unit.code,
            received_at=timezone.now(),
        )

    page = sign_in(a_person(Role.PROGRAM_MANAGER, mine)).get(HERE).content.decode()

    assert "kill myself" in page
    assert "kill that agent" not in page


def test_an_analyst_reads_and_does_not_act(sign_in: SignIn) -> None:
    concern = a_concern()
    client = sign_in(a_person(Role.ANALYST, concern.comment.service.owner))

    page = client.get(HERE).content.decode()

    assert "kill myself" in page
    assert "I have it" not in page
    assert client.post(f"{HERE}{concern.pk}/take/").status_code == 403


@pytest.mark.proves("280.8-b7")
def test_it_is_taken_and_closed_with_what_was_done(sign_in: SignIn) -> None:
    concern = a_concern()
    person = manager_of(concern)
    client = sign_in(person)

    client.post(f"{HERE}{concern.pk}/take/")
    empty = client.post(f"{HERE}{concern.pk}/close/", {"note": ""})
    done = client.post(f"{HERE}{concern.pk}/close/", {"note": "Told the office and security."})

    assert empty.status_code == 422
    assert "Say what you did" in empty.content.decode()
    assert done.status_code == 302
    concern.refresh_from_db()
    assert (concern.state, concern.seen_by, concern.handled_by) == ("handled", person, person)
    trail = AuditEntry.objects.filter(subject=f"responses.Concern:{concern.pk}")
    assert [each.action for each in trail.order_by("id")] == [
        "take_urgent_comment",
        "close_urgent_comment",
    ]
    assert "kill" not in str(list(trail.values_list("detail", flat=True)))
    page = client.get(HERE).content.decode()
    assert "No comment is waiting" in page
    assert "Told the office and security." in page
    assert "Of the 1 due in the last year, <strong>1</strong> was." in page


def test_what_somebody_has_is_not_taken_again() -> None:
    concern = a_concern()
    first, second = manager_of(concern), manager_of(concern)
    actions.take_concern(concern, by=first)

    with pytest.raises(Conflict, match="has this comment already"):
        actions.take_concern(concern, by=second)
    actions.close_concern(concern, note="Done", by=second)
    with pytest.raises(Conflict, match="has handled"):
        actions.close_concern(concern, note="Again", by=first)


def test_the_cx_lead_is_told_once_and_reads_nothing_in_the_mail() -> None:
    concern = a_concern()
    lead = a_person(Role.CX_LEAD, concern.comment.service.owner)

    sent = mail_concerns(timezone.now())
    again = mail_concerns(timezone.now())

    assert (sent, again) == (1, 0)
    [message] = mail.outbox
    assert message.to == [lead.email]
    assert HERE in message.body
    assert concern.comment.service.name in message.body
    assert "kill" not in f"{message.subject} {message.body}"


def test_who_is_named_for_the_service_is_told_instead(sign_in: SignIn) -> None:
    concern = a_concern()
    service = concern.comment.service
    a_person(Role.CX_LEAD, service.owner)
    client = sign_in(manager_of(concern))

    bad = client.post(f"{HERE}told/{service.code}/", {"name": "", "email": "nobody"})
    client.post(f"{HERE}told/{service.code}/", {"name": "Duty desk", "email": "duty@example.gov"})
    mail_concerns(timezone.now())

    assert bad.status_code == 422
    assert [each.to for each in mail.outbox] == [["duty@example.gov"]]
    assert AuditEntry.objects.filter(action="name_urgent_contact").count() == 1
    client.post(f"{HERE}told/{service.code}/", {"name": "", "email": ""})
    assert not ConcernContact.objects.exists()


def test_the_nearest_unit_with_a_mailbox_is_told_before_the_leads() -> None:
    agency = an_agency()
    bureau = a_unit(agency)
    service = an_open_survey().survey.service
    service.owner = bureau
    service.save()
    a_person(Role.CX_LEAD, agency)
    ConcernContact.objects.create(organization=agency, name="Desk", email="desk@example.gov")

    assert queries.told_about(service) == ["desk@example.gov"]


def test_a_refused_mail_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    a_person(Role.CX_LEAD, a_concern().comment.service.owner)

    def refuse(*_: object, **__: object) -> int:
        raise OSError("the mail server is away")

    with monkeypatch.context() as away:
        away.setattr("cx280.responses.tasks.send_mail", refuse)
        first = mail_concerns(timezone.now())
    second = mail_concerns(timezone.now())

    assert (first, second) == (0, 1)


def test_with_nobody_named_it_waits_and_the_page_says_so(sign_in: SignIn) -> None:
    concern = a_concern()

    sent = mail_concerns(timezone.now())
    page = sign_in(manager_of(concern)).get(HERE).content.decode()

    assert sent == 0
    assert "Nobody. Name somebody." in page


def test_today_names_it_before_anything_else(sign_in: SignIn) -> None:
    concern = a_concern()

    page = sign_in(manager_of(concern)).get("/today/").content.decode()

    first = page.index("1 comment that cannot wait")
    assert page.index("cx-checks") < first
    assert f'href="{HERE}"' in page
    assert "kill" not in page


def test_an_old_import_makes_no_concern() -> None:
    version = an_open_survey()
    today = timezone.localdate()
    rows = [
        {"id": "old", "day": f"{today - timedelta(days=400)}", "q1": "1", "words": SAID},
        {"id": "new", "day": f"{today}", "q1": "1", "words": SAID},
    ]

    actions.import_responses(
        version.survey,
        rows=rows,
        header=list(rows[0]),
        plan=read_map(MAP, "map.toml"),
        by="system",
        source="old.csv",
    )

    found = [each.comment.response.external_id for each in Concern.objects.all()]
    assert found == ["new"]


@pytest.mark.proves("280.8-b7")
def test_a_case_is_due_within_a_day_and_how_many_were_in_time_is_counted() -> None:
    now, hour = timezone.now(), timedelta(hours=1)

    told = urgency.in_time(
        [(now - 30 * hour, now - 6 * hour), (now - 30 * hour, now - 5 * hour),
         (now - 30 * hour, None), (now - hour, None), (now - hour, now)],
        now,
    )  # fmt: skip

    assert (told.within, told.due) == (2, 4)
