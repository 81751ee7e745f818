"""Who may do what: roles, capabilities, and the table that joins them."""

from enum import StrEnum


class Role(StrEnum):
    """What a person is, for an organization or for the government."""

    ADMINISTRATOR = "administrator"
    CX_LEAD = "cx_lead"
    PROGRAM_MANAGER = "program_manager"
    ACCOUNTABLE_OFFICIAL = "accountable_official"
    OMB_REVIEWER = "omb_reviewer"
    ANALYST = "analyst"
    ENTRY_CLERK = "entry_clerk"
    SERVICE_RECOVERY = "service_recovery"

    @property
    def label(self) -> str:
        """The role's name as people read it."""
        return _LABELS[self]


_LABELS = {
    Role.ADMINISTRATOR: "Administrator",
    Role.CX_LEAD: "Agency CX lead",
    Role.PROGRAM_MANAGER: "Program manager",
    Role.ACCOUNTABLE_OFFICIAL: "Senior accountable official",
    Role.OMB_REVIEWER: "OMB reviewer",
    Role.ANALYST: "Analyst (read only)",
    Role.ENTRY_CLERK: "Entry clerk or call-center agent",
    Role.SERVICE_RECOVERY: "Service recovery (contacts people who asked)",
}


class Capability(StrEnum):
    """One thing that can be done. Each route names the one it takes; no route names a role."""

    SEE_MEASURES = "see measures"  # scores, distributions, response rates of an agency
    SEE_COMMENTS = "see comments"  # people's words, redacted
    HANDLE_URGENT = "handle comments that cannot wait"
    EXPORT_RESPONSES = "export responses"
    SEE_SERVICES = "see services"
    EDIT_SERVICES = "edit services"
    CERTIFY_INVENTORY = "certify an inventory"
    DESIGNATE = "propose designated services"
    SIGN_DESIGNATIONS = "sign proposed designated services"  # the senior accountable official
    CONCUR = "concur with designated services"  # OMB
    SEE_RESEARCH = "see research with customers"
    EDIT_RESEARCH = "write down research with customers"
    SEE_TELEMETRY = "see what happens on websites"
    EDIT_TELEMETRY = "edit sites, measurement plans and flows"
    SEE_ALARMS = "see what went wrong"
    HANDLE_ALARMS = "deal with what went wrong"
    SEE_CLEARANCE = "see clearances"
    EDIT_CLEARANCE = "edit clearances"
    SEE_SURVEYS = "see surveys"
    EDIT_SURVEYS = "edit surveys"
    OPEN_SURVEYS = "open and close surveys"
    SEE_DISCUSSIONS = "see OMB discussions"
    RECORD_DISCUSSIONS = "record OMB discussions"
    IMPORT_RESPONSES = "import responses"
    CONTACT_CUSTOMERS = "contact people who asked to be contacted"
    ENTER_ANSWERS = "enter answers given on paper or by phone"
    SEE_QUARTERS = "see quarter packages"
    EDIT_QUARTERS = "edit quarter packages"
    CERTIFY_QUARTERS = "certify quarter packages"  # the senior accountable official signs
    SUBMIT_QUARTERS = "submit quarter packages"
    REVIEW_QUARTERS = "review submissions"  # OMB: accept or return
    PUBLISH = "publish releases"  # OMB
    SEE_GOVERNMENT = "see all agencies' submissions"  # OMB
    IMPORT_HISTORY = "import reports of earlier quarters"
    MANAGE_PEOPLE = "manage people and agencies"
    EDIT_ORGANIZATIONS = "edit an agency's units"
    SEE_AUDIT = "see the audit trail"
    SEE_SYSTEM = "see the system's health"


C = Capability

_READ = frozenset(
    {
        C.SEE_MEASURES,
        C.SEE_SERVICES,
        C.SEE_RESEARCH,
        C.SEE_TELEMETRY,
        C.SEE_ALARMS,
        C.SEE_CLEARANCE,
        C.SEE_SURVEYS,
        C.SEE_QUARTERS,
        C.SEE_DISCUSSIONS,
    }
)
_MANAGE = _READ | {
    C.SEE_COMMENTS,
    C.HANDLE_URGENT,
    C.HANDLE_ALARMS,
    C.EXPORT_RESPONSES,
    C.EDIT_SERVICES,
    C.EDIT_RESEARCH,
    C.EDIT_TELEMETRY,
    C.EDIT_SURVEYS,
    C.OPEN_SURVEYS,
    C.IMPORT_RESPONSES,
    C.ENTER_ANSWERS,
    C.EDIT_QUARTERS,
}

MAY: dict[Role, frozenset[Capability]] = {
    Role.PROGRAM_MANAGER: frozenset(_MANAGE),
    Role.CX_LEAD: frozenset(
        _MANAGE
        | {
            C.CERTIFY_INVENTORY,
            C.DESIGNATE,
            C.EDIT_CLEARANCE,
            C.RECORD_DISCUSSIONS,
            C.SUBMIT_QUARTERS,
            C.SEE_AUDIT,
            C.EDIT_ORGANIZATIONS,
        }
    ),
    Role.ACCOUNTABLE_OFFICIAL: frozenset(
        _READ
        | {
            C.SEE_COMMENTS,
            C.CERTIFY_INVENTORY,
            C.DESIGNATE,
            C.SIGN_DESIGNATIONS,
            C.CERTIFY_QUARTERS,
        }
    ),
    Role.OMB_REVIEWER: frozenset(
        {
            C.SEE_GOVERNMENT,
            C.SEE_SERVICES,
            C.SEE_QUARTERS,
            C.REVIEW_QUARTERS,
            C.PUBLISH,
            C.CONCUR,
            C.IMPORT_HISTORY,
            C.SEE_DISCUSSIONS,
            C.SEE_MEASURES,
        }
    ),
    Role.ANALYST: frozenset(_READ | {C.SEE_COMMENTS}),
    # Who keys sheets or asks callers need not see anybody's answers but those in hand.
    Role.ENTRY_CLERK: frozenset({C.ENTER_ANSWERS}),
    # Given beside another role, by name: no manager reads addresses because of managing (INC-30).
    Role.SERVICE_RECOVERY: frozenset({C.CONTACT_CUSTOMERS}),
    Role.ADMINISTRATOR: frozenset(
        {C.MANAGE_PEOPLE, C.EDIT_ORGANIZATIONS, C.SEE_AUDIT, C.SEE_SYSTEM, C.IMPORT_HISTORY}
    ),
}

# Roles that act for the whole government hold no organization.
GOVERNMENT_WIDE = frozenset({Role.ADMINISTRATOR, Role.OMB_REVIEWER})


def roles_that_may(capability: Capability) -> frozenset[Role]:
    """The roles that carry a capability."""
    return frozenset(role for role, may in MAY.items() if capability in may)
