"""The main navigation: what this person may open, in the order of their work."""

import re
from dataclasses import dataclass

from django.http import HttpRequest

from cx280.accounts.access import (
    PUBLIC,
    WhoMay,
    assignments_of,
    capabilities_of,
    person_of,
)
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.services.access import has_provider
from cx280.site.queries import simulated_system


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the navigation: its words, the route's name, its address, who may open it.

    unless: a capability whose holders have a better place for the same work. also: a pattern of the
    other addresses that belong to it. aside: it stands in the person's own menu, being used rarely.
    providers_only: it is no work of an agency without a High-Impact Service Provider.
    """

    label: str
    route: str
    prefix: str
    who: WhoMay
    unless: Capability | None = None
    also: str = ""
    aside: bool = False
    providers_only: bool = False

    def covers(self, path: str) -> int:
        """How many characters of the address it accounts for; 0 where the page is not its own."""
        if path.startswith(self.prefix):
            return len(self.prefix)
        found = re.match(self.also, path) if self.also else None
        return found.end() if found else 0

    def is_for(self, person: Person | None) -> bool:
        """Whether the entry is shown to this person (None: signed out)."""
        if not self.who.admits(person) or self.who.public != (person is None):
            return False
        return self.unless is None or person is None or self.unless not in capabilities_of(person)


def _for(*capabilities: Capability) -> WhoMay:
    return WhoMay(capabilities=frozenset(capabilities))


C = Capability
ENTRIES = (
    Entry("Services", "front", "/data/services/", PUBLIC),
    Entry("Government", "dashboards:government", "/government/", PUBLIC),
    Entry("Data", "opendata:data", "/data/", PUBLIC),
    Entry("Console", "oversight:console", "/oversight/", _for(C.SEE_GOVERNMENT), also="/talks/"),
    Entry("Government", "dashboards:government", "/government/", _for(C.SEE_GOVERNMENT)),
    Entry("Review", "reporting:queue", "/quarter/review/", _for(C.REVIEW_QUARTERS)),
    Entry("Today", "dashboards:today", "/today/", _for(C.SEE_COMMENTS)),
    Entry("Alarms", "alarms:now", "/alarms/", _for(C.SEE_ALARMS)),
    Entry("Services", "services:list", "/services/", _for(C.SEE_SERVICES),
          also=r"/(measures|providers|research|journeys|burden)/"),
    Entry("Surveys", "surveys:list", "/surveys/", _for(C.SEE_SURVEYS)),
    Entry("Websites", "telemetry:list", "/telemetry/", _for(C.SEE_TELEMETRY),
          also=r"/measures/[^/]+/digital/"),
    Entry("Answers", "responses:list", "/responses/", _for(C.IMPORT_RESPONSES)),
    Entry("Enter answers", "responses:entering", "/responses/entering/", _for(C.ENTER_ANSWERS),
          C.IMPORT_RESPONSES, also=r"/responses/[^/]+/(paper|ask)/"),
    Entry("People to contact", "recovery:wishes", "/recovery/", _for(C.CONTACT_CUSTOMERS)),
    Entry("Quarter", "reporting:quarter", "/quarter/", _for(C.SEE_QUARTERS), C.REVIEW_QUARTERS,
          providers_only=True),
    Entry("Our year", "obligations:year", "/year/", _for(C.SEE_QUARTERS), C.SEE_GOVERNMENT,
          also=r"/(plans|capacity|talks|designation|indicators|life-experiences)/"),
    Entry("Action Plans", "plans:list", "/plans/", _for(C.SEE_GOVERNMENT)),
    Entry("Obligations", "obligations:matrix", "/year/government/", _for(C.SEE_GOVERNMENT),
          also="/designation/"),
    Entry("Clearances", "clearance:list", "/clearances/", _for(C.SEE_CLEARANCE)),
    Entry("People", "accounts:people", "/account/people/", _for(C.MANAGE_PEOPLE)),
    Entry("Organizations", "agencies:list", "/organizations/", _for(C.MANAGE_PEOPLE)),
    Entry("Audit", "accounts:audit", "/account/audit/", _for(C.SEE_AUDIT), C.SUBMIT_QUARTERS),
    Entry("Audit trail", "accounts:audit", "/account/audit/", _for(C.SEE_AUDIT), C.MANAGE_PEOPLE,
          aside=True),
    Entry("System", "system", "/system/", _for(C.SEE_SYSTEM)),
)  # fmt: skip


def navigation(request: HttpRequest) -> dict[str, object]:
    """Template context: `navigation` (entries with `is_current`), `beside` (those of the person's
    own menu), `person`, `provides` (whether the agency has a High-Impact Service Provider),
    `simulated` and `organization_name`.

    Whose address accounts for most of the page's is the current one: /quarter/review/ is not also
    /quarter/.
    """
    person = person_of(request)
    mine = [each for each in ENTRIES if each.is_for(person)]
    provides = True
    if any(each.providers_only for each in mine) and person is not None:
        provides = has_provider(person)
        mine = [each for each in mine if provides or not each.providers_only]
    shown = [each for each in mine if not each.aside]
    current = max(shown, key=lambda each: each.covers(request.path), default=None)
    if current is not None and not current.covers(request.path):
        current = None
    return {
        "navigation": [{"entry": each, "is_current": each is current} for each in shown],
        "beside": [each for each in mine if each.aside],
        "person": person,
        "provides": provides,
        "simulated": simulated_system(),
        "organization_name": _organization_name(person),
    }


def _organization_name(person: Person | None) -> str:
    """The unit the person works for, as the header shows it; "" for the public and for OMB."""
    held = assignments_of(person) if person is not None else []
    return next((each.organization.name for each in held if each.organization is not None), "")
