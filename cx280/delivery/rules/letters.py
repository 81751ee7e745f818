"""A message as people read it: subject, plain text and HTML that every mail program shows.

The answers of the first question are plain links, one each. A link only opens the survey with
that answer chosen: mail scanners follow links, so nothing is stored until a person presses Send.
The same links go to everybody of a unit, a language, a group and an hour in which interactions
ended: no link tells who answered, and an answer is not kept with its hour. Only where a journey is
followed under a clearance (280.10-b3) does a link carry a sign of one person, who is told so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import escape
from urllib.parse import quote, urlencode

from cx280.circular.implements import implements
from cx280.delivery.rules.following import ALONG
from cx280.delivery.rules.words import day_in_words, words
from cx280.surveys.rules.document import SurveyDocument
from cx280.surveys.rules.labels import direction
from cx280.surveys.rules.rendering import QuestionView, question_views

ANSWER = "a."  # before a question's id in an address; no id of a question holds a dot
ENDED = "ended"  # in an address: the hour the interaction ended; counted, never kept with answers
GROUP = "group"  # in an address: the group of the sample, so that answers get their weight
_SHOWN = {"likert", "stars", "thumbs", "choices"}


@dataclass(frozen=True, slots=True)
class About:
    """What a message is about.

    page: the survey's address. group: of the sample, "" where the unit or nothing says it. minutes:
    its burden. ended_on: the day the interaction ended, where it took place. control_number,
    expires_on: "" and None before a number is given. ended: see `hour_of`.
    along: names the person along a journey that is followed; "" everywhere else.
    """

    agency: str
    service: str
    page: str
    unit: str
    group: str
    language: str
    minutes: float
    ended_on: date
    control_number: str
    expires_on: date | None
    stop: str
    is_reminder: bool = False
    ended: str = ""
    along: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to be sent."""

    subject: str
    text: str
    html: str


def address_of(about: About, question: str = "", answer: str = "") -> str:
    """Where a survey is answered, with one answer chosen when it is given."""
    chosen = {ANSWER + question: answer} if question else {}
    parts = {"unit": about.unit, GROUP: about.group, "lang": about.language, ENDED: about.ended}
    parts[ALONG] = about.along
    return link(about.page, **parts, **chosen)


def hour_of(ended_at: datetime | None) -> str:
    """The hour an interaction ended as links say it, `2022-03-01T14`; "" where nobody knows.

    An hour and no more: of everybody whose interaction ended in it the links are the same.
    """
    return f"{ended_at.astimezone(UTC):%Y-%m-%dT%H}" if ended_at else ""


def link(page: str, **parts: str) -> str:
    """The page with those parts that say something."""
    query = urlencode({key: each for key, each in parts.items() if each}, quote_via=quote)
    return f"{page}?{query}" if query else page


@implements("280.10-k4")
def letter(document: SurveyDocument, about: About) -> Letter:
    """The message in the language of the customer, or in English."""
    said, language = words(about.language)["invitation"], about.language
    service = about.service
    first = _first(document, language)
    opening = said["opening"].format(service=service, day=day_in_words(about.ended_on, language))
    lines = [opening, *([said["reminder"]] if about.is_reminder else [])]
    foot = [_length(said, about.minutes), said["why"].format(agency=about.agency)]
    if about.control_number and about.expires_on:
        expires = day_in_words(about.expires_on, language, year=True)
        foot.append(said["control"].format(number=about.control_number, expires=expires))
    subject = said["reminder_subject" if about.is_reminder else "subject"].format(service=service)
    return Letter(
        subject=" ".join(subject.split()),
        text=_text(lines, first, foot, said, about),
        html=_html(lines, first, foot, said, about),
    )


def _first(document: SurveyDocument, language: str) -> QuestionView | None:
    """The first question, if its answers fit on a line each and it is for everybody."""
    found = question_views(document, language)[:1]
    shown = [each for each in found if each.kind in _SHOWN and not each.condition]
    return shown[0] if shown else None


def _length(said: dict[str, str], minutes: float) -> str:
    if round(minutes) <= 1:
        return said["one_minute"]
    return said["length"].format(minutes=round(minutes))


def _text(
    lines: list[str],
    first: QuestionView | None,
    foot: list[str],
    said: dict[str, str],
    about: About,
) -> str:
    parts = [*lines]
    if first is None:
        parts.append(f"{said['start']}:\n{address_of(about)}")
    else:
        parts += [first.text, said["answer"]]
        parts += [
            f"{each.text}:\n{address_of(about, first.name, each.value)}" for each in first.choices
        ]
    return "\n\n".join([*parts, *foot, f"{said['stop']}:\n{about.stop}"]) + "\n"


def _html(
    lines: list[str],
    first: QuestionView | None,
    foot: list[str],
    said: dict[str, str],
    about: About,
) -> str:
    """Tables and inline styles: mail programs know little else."""
    body = [_paragraph(each) for each in lines]
    if first is None:
        body.append(_button(said["start"], address_of(about)))
    else:
        spoken = f' lang="{escape(first.locale)}"' if first.locale != about.language else ""
        body.append(f'<h1{spoken} style="font-size:20px;line-height:1.4">{escape(first.text)}</h1>')
        body.append(_paragraph(said["answer"]))
        body += [
            _button(each.text, address_of(about, first.name, each.value)) for each in first.choices
        ]
    small = "".join(_paragraph(each, "font-size:14px;color:#454545") for each in foot)
    stop = (
        f'<p style="font-size:14px"><a style="color:#005ea2" href="{escape(about.stop)}">'
        f"{escape(said['stop'])}</a></p>"
    )
    way = direction(about.language)
    return (
        f'<!doctype html><html lang="{escape(about.language or "en")}" dir="{way}"><head>'
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(about.service)}</title></head>"
        '<body style="margin:0;padding:16px;background:#ffffff;color:#1b1b1b;'
        'font-family:Helvetica,Arial,sans-serif;font-size:16px;line-height:1.5">'
        '<div role="main"><table role="presentation" width="100%" style="max-width:560px"><tr><td>'
        f"{''.join(body)}{small}{stop}</td></tr></table></div></body></html>\n"
    )


def _paragraph(text: str, style: str = "") -> str:
    return f'<p style="margin:0 0 16px;{style}">{escape(text)}</p>'


def _button(text: str, address: str) -> str:
    return (
        '<p style="margin:0 0 8px"><a style="display:block;padding:12px 16px;border:1px solid '
        '#005ea2;border-radius:4px;color:#005ea2;text-decoration:none" '
        f'href="{escape(address)}">{escape(text)}</a></p>'
    )
