"""Kiosks and posters over the API: how kiosks do, a new one, an office's poster."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Path, Router, Schema, Status
from pydantic import ConfigDict, StringConstraints

from cx280.accounts.api_access import asking_person, needs
from cx280.accounts.rules import Capability
from cx280.accounts.schemas import Code
from cx280.agencies.models import Organization
from cx280.delivery import access
from cx280.delivery.actions.kiosks import register_kiosk, renew_link, revoke_kiosk
from cx280.delivery.models import Kiosk
from cx280.delivery.posters import poster_svg, posters_pdf
from cx280.delivery.queries.kiosks import condition_of, kiosks_of
from cx280.delivery.queries.posters import posters_of
from cx280.kernel.problem import NotFound
from cx280.surveys.models import Survey
from cx280.surveys.queries import units_to_link
from cx280.surveys.rules.vocabulary import PosterSize

router = Router()
SEE, EDIT = Capability.SEE_SURVEYS, Capability.EDIT_SURVEYS
Named = Annotated[str, StringConstraints(min_length=1, max_length=60, strip_whitespace=True)]
Number = Annotated[int, Field(ge=1, lt=2**63)]


class KioskGiven(Schema):
    """A kiosk to be set up."""

    model_config = ConfigDict(extra="forbid")

    unit: Code = Field(description="Code of the office it stands in.")
    name: Named = Field(description="Where in it: “Exit, left”.")
    takes_words: bool = Field(False, description="Whether people may type comments on it.")


class KioskTold(Schema):
    """A kiosk and how it does. No secret of it is ever told again."""

    id: int
    unit: str
    name: str
    takes_words: bool
    health: str
    words: str = Field(description="The same in a sentence.")
    last_seen_at: datetime | None
    waiting: int = Field(description="Answers on the device that were not sent yet.")
    refused: int
    answers: int = Field(description="Stored since it was set up.")


class KioskMade(KioskTold):
    """A kiosk with the link that makes a device this kiosk, once; it is shown only now."""

    link: str
    link_until: datetime


class PosterTold(Schema):
    """What the poster of an office says, and where its files are."""

    unit: str
    office: str
    address: str
    short: str = Field(description="The same address to be typed.")
    pdf: str
    svg: str


@router.get("/surveys/{code}/kiosks", response=list[KioskTold], auth=needs(SEE),
            operation_id="kiosks", summary="The kiosks of a survey")  # fmt: skip
def kiosks(request: HttpRequest, code: Path[Code]) -> list[dict[str, Any]]:
    """Silent ones first, those switched off last."""
    survey = access.survey_to_see(asking_person(request), code)
    return [_told(each) for each, _ in kiosks_of(survey, timezone.now())]


@router.post("/surveys/{code}/kiosks", response={201: KioskMade}, auth=needs(EDIT),
             operation_id="register-kiosk", summary="Register a kiosk")  # fmt: skip
def register(request: HttpRequest, code: Path[Code], body: KioskGiven) -> Status[dict[str, Any]]:
    """The kiosk with its link: open it on the device within a day, and press the button there."""
    person = asking_person(request)
    survey = access.survey_to_edit(person, code)
    kiosk, secret = register_kiosk(
        survey, unit=_unit(survey, body.unit), name=body.name, takes_words=body.takes_words,
        by=person, now=timezone.now(),
    )  # fmt: skip
    return Status(201, _made(survey, kiosk, secret))


@router.post("/surveys/{code}/kiosks/{pk}/link", response=KioskMade, auth=needs(EDIT),
             operation_id="renew-kiosk-link", summary="A new link for a kiosk")  # fmt: skip
def renew(request: HttpRequest, code: Path[Code], pk: Path[Number]) -> dict[str, Any]:
    """For a device that was changed; the old device works until the new link is used."""
    person = asking_person(request)
    survey = access.survey_to_edit(person, code)
    kiosk = access.kiosk_of(survey, pk)
    return _made(survey, kiosk, renew_link(kiosk, by=person, now=timezone.now()))


@router.delete("/surveys/{code}/kiosks/{pk}", response={204: None}, auth=needs(EDIT),
               operation_id="end-kiosk", summary="Switch a kiosk off")  # fmt: skip
def end(request: HttpRequest, code: Path[Code], pk: Path[Number]) -> Status[None]:
    """Nothing is taken from its device any more; what it sent stays."""
    person = asking_person(request)
    kiosk = access.kiosk_of(access.survey_to_edit(person, code), pk)
    revoke_kiosk(kiosk, by=person, now=timezone.now())
    return Status(204, None)


@router.get("/surveys/{code}/posters", response=list[PosterTold], auth=needs(SEE),
            operation_id="posters", summary="The posters of a survey's offices")  # fmt: skip
def posters(request: HttpRequest, code: Path[Code]) -> list[dict[str, Any]]:
    """One for each office, with the addresses of its files."""
    survey = access.survey_to_see(asking_person(request), code)
    units = units_to_link(survey, timezone.localdate())
    stem = f"{settings.PUBLIC_ADDRESS}/api/v1/surveys/{survey.code}/posters"
    return [
        {
            "unit": unit.code, "office": said.office, "address": said.address,
            "short": said.short, "pdf": f"{stem}/{unit.code}.pdf", "svg": f"{stem}/{unit.code}.svg",
        }
        for unit, said in zip(units, posters_of(survey, units), strict=True)
    ]  # fmt: skip


@router.get("/surveys/{code}/posters/{unit}.{kind}", auth=needs(SEE), operation_id="poster",
            summary="An office's poster as PDF or SVG",
            openapi_extra={"responses": {200: {"description": "The file.", "content": {
                "application/pdf": {"schema": {"type": "string", "format": "binary"}},
                "image/svg+xml": {"schema": {"type": "string"}}}}}})  # fmt: skip
def poster(
    request: HttpRequest, code: Path[Code], unit: Path[Code], kind: Path[Literal["pdf", "svg"]]
) -> HttpResponse:
    """Made when it is asked for; Letter size."""
    survey = access.survey_to_see(asking_person(request), code)
    found = posters_of(survey, [_unit(survey, unit)])
    if kind == "svg":
        return HttpResponse(poster_svg(found[0]), content_type="image/svg+xml")
    title = f"{found[0].office}: {survey.title}"
    content = posters_pdf(found, PosterSize.LETTER, title=title)
    return HttpResponse(content, content_type="application/pdf")


def _unit(survey: Survey, code: str) -> Organization:
    units = units_to_link(survey, timezone.localdate())
    found = next((each for each in units if each.code == code), None)
    if found is None:
        raise NotFound("This service has no such unit.")
    return found


def _told(kiosk: Kiosk) -> dict[str, Any]:
    now = condition_of(kiosk, timezone.now())
    names = ("name", "takes_words", "last_seen_at", "waiting", "refused", "answers")
    return {
        "id": kiosk.pk, "unit": kiosk.unit.code, "health": now.health.value, "words": now.words,
        **{name: getattr(kiosk, name) for name in names},
    }  # fmt: skip


def _made(survey: Survey, kiosk: Kiosk, secret: str) -> dict[str, Any]:
    link = f"{settings.PUBLIC_ADDRESS}/s/{survey.code}/kiosk/set-up/{secret}/"
    return {**_told(kiosk), "link": link, "link_until": kiosk.link_until}
