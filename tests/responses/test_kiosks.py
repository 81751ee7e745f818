"""A kiosk: set up once by a link, each answer stored once, strangers turned away."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cx280.accounts.models import Person
from cx280.accounts.rules import Role
from cx280.audit.models import AuditEntry
from cx280.delivery.actions.kiosks import forget_beginnings, renew_link, revoke_kiosk
from cx280.delivery.models import Kiosk
from cx280.kernel.problem import Conflict
from cx280.responses.guard import addresses
from cx280.responses.models import Comment, OfferCount, ReachCount, Response
from cx280.surveys.models import SurveyVersion
from tests.builders import a_person, a_unit
from tests.responses.kiosks import (
    HOUR,
    a_device,
    a_kiosk,
    a_kiosk_survey,
    a_page,
    an_answer,
    now_ms,
    root_of,
    send,
)
from tests.responses.visits import an_open_survey, clearance_of, token_on

pytestmark = [pytest.mark.django_db, pytest.mark.proves("280.10-k5")]
SignIn = Callable[[Person], Client]


@pytest.fixture
def version() -> SurveyVersion:
    return a_kiosk_survey()


@pytest.fixture
def registered(version: SurveyVersion) -> tuple[Kiosk, str]:
    return a_kiosk(version)


@pytest.fixture
def kiosk(registered: tuple[Kiosk, str]) -> Kiosk:
    return registered[0]


@pytest.fixture
def device(registered: tuple[Kiosk, str]) -> Client:
    return a_device(*registered)


def test_what_it_sends_is_filed_under_its_office_as_a_kiosk_s(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    status, said = send(device, kiosk, [an_answer(a_page(version, kiosk), language="es")])

    response = Response.objects.get()
    assert status == 200
    assert said["stored"] == [str(response.pk)]
    assert response.unit == kiosk.unit
    assert (response.source, response.language, response.suspected) == ("kiosk", "es", "")
    assert response.answers["trust"] == 4
    assert response.seconds == 30
    kiosk.refresh_from_db()
    assert kiosk.answers == 1


def test_sent_again_it_is_stored_once_and_acknowledged_again(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    batch = [an_answer(a_page(version, kiosk)) for _ in range(5)]

    first = send(device, kiosk, batch)[1]
    again = send(device, kiosk, batch[::-1])[1]

    assert sorted(first["stored"]) == sorted(again["stored"])
    assert Response.objects.count() == 5
    kiosk.refresh_from_db()
    assert kiosk.answers == 5


def test_who_began_is_counted_once_whether_they_send_or_leave(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    page = a_page(version, kiosk)
    left = {"id": str(uuid.uuid4()), "page": page, "began": now_ms(), "language": "es"}
    sent = an_answer(page)
    early = {key: sent[key] for key in ("id", "page", "began", "language")}

    said = send(device, kiosk, [], begun=[left, early])[1]  # before the second one had sent
    send(device, kiosk, [sent], begun=[left])
    send(device, kiosk, [sent, an_answer(page)])
    stranger = {**left, "id": str(uuid.uuid4()), "page": "no token"}
    assert send(device, kiosk, [], begun=[stranger])[1]["begun"] == [stranger["id"]]

    assert said["begun"] == [left["id"], early["id"]]
    counted = OfferCount.objects.get()
    assert (counted.started, counted.offered, counted.unit) == (3, None, kiosk.unit)
    by_language = ReachCount.objects.values_list("value", "people")
    assert dict(by_language) == {"es": 1, "en": 2}
    assert forget_beginnings(timezone.now() + timedelta(days=46)) == 3
    send(device, kiosk, [sent])  # an answer that is there counts nobody, however late
    assert OfferCount.objects.get().started == 3


def test_an_answer_of_yesterday_from_a_clock_a_day_ahead_has_its_own_time(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    clock = now_ms() + 24 * HOUR
    issued = timezone.now() - timedelta(hours=20)
    answer = an_answer(a_page(version, kiosk, issued), sent=clock - 19 * HOUR)

    send(device, kiosk, [answer], now=clock)

    ago = timezone.now() - Response.objects.get().received_at
    assert abs(ago - timedelta(hours=19)) < timedelta(minutes=1)


def test_a_survey_closed_or_reworded_meanwhile_still_takes_the_old_version(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    page = a_page(version, kiosk, timezone.now() - timedelta(hours=20))
    version.closed_at = timezone.now() - timedelta(hours=10)
    version.save()

    said = send(device, kiosk, [an_answer(page, sent=now_ms() - HOUR)])[1]

    assert len(said["stored"]) == 1
    assert not said["open"]
    assert Response.objects.get().version == version


def test_after_the_approval_ended_nothing_is_taken(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    clearance = clearance_of(version)
    clearance.expires_on = timezone.localdate() - timedelta(days=2)
    clearance.save()
    page = a_page(version, kiosk, timezone.now() - timedelta(hours=20))

    said = send(device, kiosk, [an_answer(page)])[1]

    assert len(said["refused"]) == 1
    assert Response.objects.count() == 0
    assert kiosk_row(kiosk).refused == 1


def kiosk_row(kiosk: Kiosk) -> Kiosk:
    return Kiosk.objects.get(pk=kiosk.pk)


@pytest.mark.parametrize(
    "fields",
    [
        {"page": "forged"},
        {"answers": {}},
        {"answers": {"trust": ["9"]}},
        {"answers": {"nobody_asked": ["1"]}},
    ],
)
def test_what_never_fits_is_refused_and_the_others_are_stored(
    version: SurveyVersion, kiosk: Kiosk, device: Client, fields: dict[str, Any]
) -> None:
    page = a_page(version, kiosk)
    bad, good = (
        an_answer(page, **fields) if "page" not in fields else an_answer(**fields),
        (an_answer(page)),
    )

    said = send(device, kiosk, [bad, good])[1]

    assert said["refused"] == [bad["id"]]
    assert said["stored"] == [good["id"]]


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b'{"now": -1}', b'{"now": "x"}', b'{"now": 1, "answers": [{}]}', b"\xff",
     b'{"now": 1, "more": 1}'],
)  # fmt: skip
def test_what_is_no_batch_is_refused_whole(kiosk: Kiosk, device: Client, body: bytes) -> None:
    answer = device.post(f"{root_of(kiosk)}answers", body, content_type="application/json")

    assert answer.status_code == 422


def test_words_are_taken_only_where_staff_said_so(version: SurveyVersion) -> None:
    for takes in (False, True):
        kiosk, secret = a_kiosk(version, takes_words=takes)
        device = a_device(kiosk, secret)
        answer = an_answer(a_page(version, kiosk))
        answer["answers"]["comment"] = ["Call me at 503-555-0100"]

        page = device.get(root_of(kiosk)).content.decode()
        send(device, kiosk, [answer])

        assert ("<textarea" in page) is takes
    assert Comment.objects.get().text.startswith("Call me at [")


def test_a_stranger_gets_no_kiosk_and_is_shown_where_to_answer(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    stranger = Client()

    page = stranger.get(f"{root_of(kiosk)}?unit={kiosk.unit.code}")
    status, _ = send(stranger, kiosk, [an_answer(a_page(version, kiosk))])
    plain = stranger.post(root_of(kiosk), {"_page": a_page(version, kiosk), "trust": "4"})

    assert page.status_code == 403
    assert f"/s/{version.survey.code}/?unit={kiosk.unit.code}" in page.content.decode()
    assert (status, plain.status_code) == (403, 403)
    assert Response.objects.count() == 0


def test_a_busy_kiosk_is_let_through_and_nothing_is_set_apart(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    page = a_page(version, kiosk)

    for _ in range(8):
        assert send(device, kiosk, [an_answer(page) for _ in range(50)])[0] == 200

    assert Response.objects.filter(suspected="").count() == 400


def test_a_kiosk_that_floods_is_asked_to_wait(kiosk: Kiosk, device: Client) -> None:
    for _ in range(700):  # as its own bucket counts them
        addresses.one_more("", f"{kiosk.survey.code} kiosk {kiosk.pk}")

    assert send(device, kiosk, [])[0] == 429


def test_a_link_works_once_and_not_for_long(version: SurveyVersion) -> None:
    kiosk, secret = a_kiosk(version)
    late, late_secret = a_kiosk(version, now=timezone.now() - timedelta(hours=25))
    link = f"{root_of(kiosk)}set-up/{secret}/"

    looked = Client().get(link)
    used = Client().post(link)
    again = Client().post(link)
    too_late = Client().post(f"{root_of(late)}set-up/{late_secret}/")

    assert looked.status_code == 200  # a program that only looks changes nothing
    assert (used.status_code, again.status_code, too_late.status_code) == (303, 404, 404)
    cookie = used.cookies["cx280_kiosk"]
    assert cookie["path"] == root_of(kiosk)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Strict")


def test_a_kiosk_switched_off_or_set_up_anew_ends_for_the_old_device(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    newer = a_device(kiosk, renew_link(kiosk, by=None, now=timezone.now()))
    assert device.get(root_of(kiosk)).status_code == 403
    assert newer.get(root_of(kiosk)).status_code == 200

    revoke_kiosk(kiosk_row(kiosk), by=None, now=timezone.now())

    assert newer.get(root_of(kiosk)).status_code == 403
    assert send(newer, kiosk, [an_answer(a_page(version, kiosk))])[0] == 403


def test_without_a_script_a_plain_form_is_stored_once_and_starts_over(
    version: SurveyVersion,
    kiosk: Kiosk,
    device: Client,
    settings: Any,  # noqa: ANN401
) -> None:
    settings.CX280_LEAST_SECONDS = 0
    token = token_on(device.get(root_of(kiosk)))

    sent = [device.post(root_of(kiosk), {"_page": token, "trust": "4"}) for _ in range(2)]
    thanks = device.get(sent[0].headers["Location"])
    empty = device.post(root_of(kiosk), {"_page": token})

    assert [each.status_code for each in sent] == [303, 303]
    assert Response.objects.get().source == "kiosk"
    assert thanks.headers["Refresh"] == f"8; url={root_of(kiosk)}?lang=en"
    assert empty.status_code == 422
    assert "at least one" in empty.content.decode()


def test_a_closed_survey_shows_no_form_and_still_sends_what_waits(
    version: SurveyVersion, kiosk: Kiosk, device: Client
) -> None:
    version.closed_at = timezone.now()
    version.save()

    answer = device.get(root_of(kiosk))

    assert answer.status_code == 410
    assert "<form" not in answer.content.decode()
    assert "kiosk.js" in answer.content.decode()


def test_the_worker_holds_for_the_kiosk_s_addresses_alone(kiosk: Kiosk, device: Client) -> None:
    answer = device.get(f"{root_of(kiosk)}worker.js")

    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer.headers  # so its folder is its scope
    assert f'"root": "{root_of(kiosk)}"' in answer.content.decode()


def test_a_survey_of_another_mode_has_no_kiosk() -> None:
    with pytest.raises(Conflict, match="not written for a kiosk"):
        a_kiosk(an_open_survey())


def test_a_manager_registers_sees_and_ends_a_kiosk(version: SurveyVersion, sign_in: SignIn) -> None:
    owner = version.survey.service.owner
    office = a_unit(owner, name="Portland")
    client = sign_in(a_person(Role.PROGRAM_MANAGER, owner))
    address = f"/surveys/{version.survey.code}/kiosks/"

    share = client.get(f"/surveys/{version.survey.code}/share/").content.decode()
    made = client.post(address, {"unit": office.code, "name": "Exit,  left"})
    kiosk = Kiosk.objects.get()
    secret = made.content.decode().split("/kiosk/set-up/")[1].split("/")[0]
    a_device(kiosk, secret)
    page = client.get(address).content.decode()
    client.post(f"{address}{kiosk.pk}/end/")

    assert address in share
    assert kiosk.name == "Exit, left"
    assert "1 kiosk is working" in page
    assert secret not in page
    assert kiosk_row(kiosk).revoked_at is not None
    told = set(AuditEntry.objects.values_list("action", flat=True))
    assert {"register_kiosk", "set_up_kiosk", "revoke_kiosk"} <= told


def test_an_analyst_sees_kiosks_and_changes_none(version: SurveyVersion, sign_in: SignIn) -> None:
    kiosk, _ = a_kiosk(version)
    client = sign_in(a_person(Role.ANALYST, version.survey.service.owner))
    address = f"/surveys/{version.survey.code}/kiosks/"

    assert client.get(address).status_code == 200
    for path in (address, f"{address}{kiosk.pk}/end/", f"{address}{kiosk.pk}/link/"):
        assert client.post(path, {"unit": kiosk.unit.code, "name": "x"}).status_code == 403
    assert Kiosk.objects.count() == 1


def test_two_sends_of_one_id_by_two_kiosks_are_one(version: SurveyVersion) -> None:
    both = [a_kiosk(version), a_kiosk(version)]
    same = str(uuid.uuid4())

    for kiosk, secret in both:
        send(a_device(kiosk, secret), kiosk, [an_answer(a_page(version, kiosk), id=same)])

    assert Response.objects.count() == 1
