"""What stands in for each placeholder: numbers with right check digits, names, addresses, and
look-alikes that name nobody."""

from __future__ import annotations

import random
from collections.abc import Callable

from benchmarks.comments import people

_STREET_NAMES = """Maple Oak Hill Lincoln Cedar Pine Sycamore Elm Jefferson Lakeview Sunset Church
    Ridgewood Meadow Franklin Birch Chestnut Valley Orchard Magnolia Harbor Prospect Kensington
    Old_Mill Martin_Luther_King Cherry_Hill Rio_Grande Bluebonnet Tecumseh Kalakaua"""
_STREETS = """Street St St. Avenue Ave Ave. Road Rd Rd. Lane Ln Drive Dr Dr. Court Ct Circle Blvd
    Boulevard Way Place Pl Terrace Parkway Pkwy Trail Highway Loop Square Ridge Grove Crossing
    Point Run Hollow Heights Gardens Springs"""
_TOWNS = """Springfield Toledo Boise El_Paso San_Antonio Fresno Tacoma Dayton Mobile Lowell
    Albuquerque Baton_Rouge Cedar_Rapids Waco Erie Topeka Yuma Missoula St._Louis Hialeah Gresham
    Winston-Salem Laredo Chula_Vista"""
_STATES = "OH ID TX CA WA AL MA NM LA IA PA KS AZ MT MO FL OR NC Ohio Texas California Oregon"
_SPANISH_STREETS = """Sol Luna Hidalgo Juárez Morelos Fortaleza San_Justo Insurgentes Reforma
    Loíza"""
_MAIL_HOSTS = """gmail.com yahoo.com hotmail.com outlook.com aol.com example.org icloud.com
    state.oh.us comcast.net uni.edu"""
_MONTHS = """January February March April May June July August September October November
    December""".split()  # noqa: SIM905  a list of twelve reads worse
_MESES = """enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre
    diciembre""".split()  # noqa: SIM905
_FORMS = "I-485 1040 SF-50 DS-11 21-526EZ N-400 W-2 1099-G"
_ROUTES = "Highway County_Road State_Route Hwy"


def value_of(place: str, rng: random.Random, *, spanish: bool) -> tuple[str, str]:
    """The kind ("" for what is not personal) and the words for a placeholder."""
    if place == "name":
        return "name", full_name(rng, spanish=spanish)
    if place == "given":
        return "name", _given(rng, spanish=spanish)
    if place == "family":
        return "name", _family(rng, spanish=spanish)
    if place == "address":
        return "address", spanish_address(rng) if spanish and rng.random() < 0.6 else address(rng)
    if place in _PERSONAL:
        kind, make = _PERSONAL[place]
        return kind, make(rng)
    if place == "birth":
        return "birth-date", birth(rng, spanish=spanish)
    return "", _PLAIN[place](rng)


def _pick(words: str, rng: random.Random) -> str:
    """One of the words; an underline stands for a space in it."""
    return rng.choice(words.split()).replace("_", " ")


def _given(rng: random.Random, *, spanish: bool) -> str:
    if spanish or rng.random() < 0.12:
        return _pick(people.GIVEN_SPANISH, rng)
    return _pick(people.GIVEN_RARE if rng.random() < 0.15 else people.GIVEN, rng)


def _family(rng: random.Random, *, spanish: bool) -> str:
    if spanish or rng.random() < 0.12:
        return _pick(people.FAMILY_SPANISH, rng)
    return _pick(people.FAMILY_RARE if rng.random() < 0.15 else people.FAMILY, rng)


def full_name(rng: random.Random, *, spanish: bool) -> str:
    """Given name and surname, some with an initial, a second surname or a hyphen."""
    given, family = _given(rng, spanish=spanish), _family(rng, spanish=spanish)
    how = rng.random()
    if spanish and how < 0.4:
        return f"{given} {family} {_family(rng, spanish=True)}"
    if how < 0.1:
        return f"{given} {rng.choice('ABCDEJLMRST')}. {family}"
    if how < 0.15:
        return f"{given} {family}-{_family(rng, spanish=spanish)}"
    return f"{given} {family}"


def digits(rng: random.Random, count: int) -> str:
    """That many digits; the first is not 0."""
    return str(rng.randint(10 ** (count - 1), 10**count - 1))


def phone(rng: random.Random) -> str:
    """A North American telephone number as people write it."""
    a, b, c = str(rng.randint(201, 989)), str(rng.randint(200, 999)), f"{rng.randint(0, 9999):04}"
    shapes = (
        f"{a}-{b}-{c}",
        f"({a}) {b}-{c}",
        f"{a}.{b}.{c}",
        f"{a} {b} {c}",
        f"+1 {a} {b} {c}",
        f"1-{a}-{b}-{c}",
        f"{a}{b}{c}",
        f"({a}){b}-{c}",
        f"{a} - {b} - {c}",
        f"{a}-{b}-{c} x12",
        f"{a}-{b} {c}",
        f"{a}–{b}–{c}",
    )
    return rng.choice(shapes)


def local_phone(rng: random.Random) -> str:
    """Seven digits, which need a word beside them."""
    return f"{rng.randint(200, 999)}{rng.choice(('-', ' ', '', '.'))}{rng.randint(0, 9999):04}"


def spelled_phone(rng: random.Random) -> str:
    """A number told in words."""
    words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
    return " ".join(rng.choice(words) for _ in range(10))


def ssn(rng: random.Random) -> str:
    """A Social Security number that could have been given out."""
    area = rng.choice([n for n in range(1, 900) if n != 666])
    parts = f"{area:03}", f"{rng.randint(1, 99):02}", f"{rng.randint(1, 9999):04}"
    return rng.choice(("-", "-", "-", " ", ".", " - ", "–")).join(parts)


def bare_ssn(rng: random.Random) -> str:
    """Nine digits in a row, which need a word beside them."""
    return ssn(rng).translate({ord(each): None for each in " -.–"})


def itin(rng: random.Random) -> str:
    """A taxpayer number."""
    return (
        f"9{rng.randint(0, 99):02}-{rng.choice((*range(50, 66), *range(70, 89)))}-{digits(rng, 4)}"
    )


def card(rng: random.Random) -> str:
    """A card number with its check digit, in groups or not."""
    start, length = rng.choice(
        (("4", 16), ("5" + rng.choice("12345"), 16), ("37", 15), ("6011", 16))
    )
    body = start + "".join(rng.choice("0123456789") for _ in range(length - len(start) - 1))
    total = sum(
        d if i % 2 else (2 * d - 9 if d > 4 else 2 * d)
        for i, d in enumerate(map(int, reversed(body)))
    )
    number = body + str(-total % 10)
    gap = rng.choice(("", " ", "-", " - "))
    if length == 15:
        return gap.join((number[:4], number[4:10], number[10:]))
    return gap.join(number[i : i + 4] for i in range(0, 16, 4))


def alien(rng: random.Random) -> str:
    """An A-number."""
    number = digits(rng, 9)
    return rng.choice(
        (
            f"A{number}",
            f"A-{number}",
            f"A# {number}",
            f"A {number[:3]} {number[3:6]} {number[6:]}",
            f"A{number[:8]}",
            f"A{number[:3]}-{number[3:6]}-{number[6:]}",
            f"a{number}",
        )
    )


def receipt(rng: random.Random) -> str:
    """An immigration receipt number."""
    office, number = (
        rng.choice(("EAC", "WAC", "LIN", "SRC", "MSC", "IOE", "YSC", "NBC")),
        digits(rng, 10),
    )
    return rng.choice(
        (
            f"{office}{number}",
            f"{office}-{number[:2]}-{number[2:5]}-{number[5:]}",
            f"{office} {number}",
            f"{office.lower()}{number}",
            f"{office} {number[:3]} {number[3:6]} {number[6:]}",
        )
    )


def routing(rng: random.Random) -> str:
    """A bank's routing number with its check digit."""
    body = f"{rng.randint(1, 12):02}" + f"{rng.randint(0, 999999):06}"
    total = sum(int(d) * w for d, w in zip(body, (3, 7, 1, 3, 7, 1, 3, 7), strict=True))
    return body + str(-total % 10)


def email(rng: random.Random) -> str:
    """An e-mail address, some of them hidden from machines."""
    given, family = _pick(people.GIVEN, rng).lower(), _pick(people.FAMILY, rng).lower()
    user = rng.choice(
        (
            f"{given}.{family}",
            f"{given[0]}{family}{rng.randint(1, 99)}",
            f"{given}_{family}",
            f"{family}+forms",
        )
    )
    host = _pick(_MAIL_HOSTS, rng)
    return rng.choice(
        (
            f"{user}@{host}",
            f"{user}@{host}",
            f"{user}@{host}",
            f"{user} @ {host}",
            f"{user} at {host.replace('.', ' dot ')}",
            f"{user}(at){host}",
            f"{user} [at] {host}",
        )
    )


def address(rng: random.Random) -> str:
    """A street address, a box or a route, with or without unit, town, state and ZIP."""
    how = rng.random()
    town = _pick(_TOWNS, rng)
    end = f"{town}, {_pick(_STATES, rng)} {rng.randint(10000, 99950)}"
    if how < 0.12:
        box = rng.choice(("PO Box", "P.O. Box", "P O Box", "p.o. box", "Post Office Box"))
        return f"{box} {digits(rng, rng.choice((2, 3, 4)))}" + (
            f", {end}" if rng.random() < 0.5 else ""
        )
    if how < 0.17:
        return f"RR {rng.randint(1, 9)} Box {digits(rng, 3)}"
    if how < 0.22:
        return f"{digits(rng, 4)} {_pick(_ROUTES, rng)} {digits(rng, 2)}"
    name = _pick(_STREET_NAMES, rng)
    if rng.random() < 0.15:
        name = rng.choice(("5th", "42nd", "1st", "23rd"))
    street = f"{digits(rng, rng.choice((1, 2, 3, 3, 4, 4, 5)))} "
    street += rng.choice(("", "", "", "N ", "W. ", "South "))
    street += f"{name} {_pick(_STREETS, rng)}"
    unit = rng.choice(("Apt 4B", "Apt. 12", "#7", "Unit 3", "Suite 200", "apt 2", "Lot 18"))
    if rng.random() < 0.35:
        street += rng.choice((" ", ", ")) + unit
    return street + (rng.choice((", ", " ")) + end if rng.random() < 0.45 else "")


def spanish_address(rng: random.Random) -> str:
    """An address as written in Puerto Rico or Mexico."""
    name = _pick(_SPANISH_STREETS, rng)
    number = digits(rng, rng.choice((1, 2, 3)))
    return rng.choice(
        (
            f"Calle {name} {number}",
            f"Calle {name} #{number}",
            f"Avenida {name} {number}",
            f"Calle {rng.randint(2, 40)} #{number}",
            f"calle {name} núm. {number}, apto. 3",
            f"Av. {name} {number}, San Juan, PR 00907",
            f"{number} Calle {name}",
            f"Apartado {number}",
            f"Calle {name} No. {number}, Col. Centro",
        )
    )


def birth(rng: random.Random, *, spanish: bool) -> str:
    """A day of birth."""
    year, month, day = rng.randint(1930, 2008), rng.randint(1, 12), rng.randint(1, 28)
    if spanish:
        return rng.choice(
            (
                f"{day} de {_MESES[month - 1]} de {year}",
                f"{day}/{month}/{year}",
                f"{day}-{month:02}-{year}",
                f"{day} de {_MESES[month - 1]} del {year}",
            )
        )
    return rng.choice(
        (
            f"{month:02}/{day:02}/{year}",
            f"{month}-{day}-{year % 100:02}",
            f"{_MONTHS[month - 1]} {day}, {year}",
            f"{year}-{month:02}-{day:02}",
            f"{day} {_MONTHS[month - 1][:3]} {year}",
            f"{month}/{day}/{year % 100:02}",
            f"{_MONTHS[month - 1][:3]}. {day} {year}",
            f"{_MONTHS[month - 1]} {day}th {year}",
        )
    )


def url(rng: random.Random) -> str:
    """A web address with a query."""
    return f"https://www.agency.gov/status?case={digits(rng, 6)}&lang=en"


def machine(rng: random.Random) -> str:
    """An address of a machine."""
    return ".".join(str(rng.randint(1, 254)) for _ in range(4))


_PERSONAL: dict[str, tuple[str, Callable[[random.Random], str]]] = {
    "phone": ("phone", phone),
    "local": ("phone", local_phone),
    "spelled": ("phone", spelled_phone),
    "email": ("email", email),
    "card": ("card", card),
    "ssn": ("ssn", ssn),
    "bare_ssn": ("ssn", bare_ssn),
    "itin": ("itin", itin),
    "alien": ("a-number", alien),
    "bare_alien": ("a-number", lambda rng: digits(rng, 9)),
    "receipt": ("receipt", receipt),
    "va": ("va-file", lambda rng: rng.choice(("C", "C ", "", "")) + digits(rng, 8)),
    "passport": ("passport", lambda rng: rng.choice(("", "", "C", "Z", "G")) + digits(rng, 8)),
    "licence": (
        "licence",
        lambda rng: rng.choice(("", "D", "S", "F")) + digits(rng, rng.choice((7, 8))),
    ),
    "account": ("account", lambda rng: digits(rng, rng.choice((8, 10, 12)))),
    "routing": ("routing", routing),
    "url": ("url", url),
    "machine": ("ip", machine),
}
_PLAIN: dict[str, Callable[[random.Random], str]] = {
    "form": lambda rng: _pick(_FORMS, rng),
    "money": lambda rng: f"${rng.randint(1, 9999):,}" + rng.choice(("", ".00", ".50")),
    "year": lambda rng: str(rng.randint(1990, 2026)),
    "date": lambda rng: rng.choice(
        (
            f"{rng.randint(1, 12):02}/{rng.randint(1, 28):02}/{rng.randint(2015, 2026)}",
            f"{rng.choice(_MONTHS)} {rng.randint(1, 28)}, {rng.randint(2015, 2026)}",
            f"{rng.randint(2015, 2026)}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}",
            f"{rng.choice(_MONTHS)} {rng.randint(1, 28)}",
        )
    ),
    "small": lambda rng: str(rng.randint(2, 120)),
    "order": lambda rng: rng.choice(
        (digits(rng, 7), digits(rng, 8), digits(rng, 10), f"{digits(rng, 3)}-{digits(rng, 4)}")
    ),
    "like_phone": lambda rng: (
        f"{rng.randint(200, 999)}-{rng.randint(200, 999)}-{rng.randint(1000, 9999)}"
    ),
    "time": lambda rng: (
        f"{rng.randint(1, 12)}:{rng.choice(('00', '15', '30', '45'))} {rng.choice(('am', 'pm'))}"
    ),
    "zip": lambda rng: str(rng.randint(10000, 99950)),
    "town": lambda rng: _pick(_TOWNS, rng),
    "month": lambda rng: rng.choice(_MONTHS),
}
