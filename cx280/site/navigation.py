"""The main navigation: what this person may open, in the order of their work."""

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
from cx280.site.queries import simulated_system


@dataclass(frozen=True, slots=True)
class Entry:
    """One place in the navigation: its words, the route's name, its address, who may open it.

    unless: a capability whose holders have a better place for the same work.
    """

    label: str
    route: str
    prefix: str
    who: WhoMay
    unless: Capability | None = None

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
    Entry("Government", "dashboards:government", "/government/", _for(C.SEE_GOVERNMENT)),
    Entry("Review", "reporting:queue", "/quarter/review/", _for(C.REVIEW_QUARTERS)),
    Entry("Today", "dashboards:today", "/today/", _for(C.SEE_COMMENTS)),
    Entry("Alarms", "alarms:now", "/alarms/", _for(C.SEE_ALARMS)),
    Entry("Services", "services:list", "/services/", _for(C.SEE_SERVICES)),
    Entry("Surveys", "surveys:list", "/surveys/", _for(C.SEE_SURVEYS)),
    Entry("Websites", "telemetry:list", "/telemetry/", _for(C.SEE_TELEMETRY)),
    Entry("Answers", "responses:list", "/responses/", _for(C.IMPORT_RESPONSES)),
    Entry(
        "Enter answers",
        "responses:entering",
        "/responses/",
        _for(C.ENTER_ANSWERS),
        C.IMPORT_RESPONSES,
    ),
    Entry("Quarter", "reporting:quarter", "/quarter/", _for(C.SEE_QUARTERS), C.REVIEW_QUARTERS),
    Entry("Clearances", "clearance:list", "/clearances/", _for(C.SEE_CLEARANCE)),
    Entry("People", "accounts:people", "/account/people/", _for(C.MANAGE_PEOPLE)),
    Entry("Organizations", "agencies:list", "/organizations/", _for(C.MANAGE_PEOPLE)),
    Entry("Audit", "accounts:audit", "/account/audit/", _for(C.SEE_AUDIT)),
    Entry("System", "system", "/system/", _for(C.SEE_SYSTEM)),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """Template context: `navigation` (entries with `is_current`), `person`, `simulated` and
    `organization_name`.

    The longest matching address is the current one: /quarter/review/ is not also /quarter/.
    """
    person = person_of(request)
    shown = [each for each in ENTRIES if each.is_for(person)]
    matching = [each.prefix for each in shown if request.path.startswith(each.prefix)]
    current = max(matching, key=len, default="")
    return {
        "navigation": [{"entry": each, "is_current": each.prefix == current} for each in shown],
        "person": person,
        "simulated": simulated_system(),
        "organization_name": _organization_name(person),
    }


def _organization_name(person: Person | None) -> str:
    """The unit the person works for, as the header shows it; "" for the public and for OMB."""
    held = assignments_of(person) if person is not None else []
    return next((each.organization.name for each in held if each.organization is not None), "")
