"""Which services may be compared: only those of one named type and one level (280.4-e2 to e9)."""

from cx280.circular.implements import implements
from cx280.services.rules.facts import OTHER_TYPE


@implements(
    "280.4-e2",
    "280.4-e3",
    "280.4-e4",
    "280.4-e5",
    "280.4-e6",
    "280.4-e7",
    "280.4-e8",
    "280.4-e9",
)
def peer_group(service_type: str, level: str) -> str | None:
    """The group a service is compared within, as `benefits/transaction`.

    service_type: a code of the edition. level: transaction, journey or relationship. None for
    `other` and for a missing type: such a service has no peers, not even each other.
    """
    if not service_type or service_type == OTHER_TYPE:
        return None
    return f"{service_type}/{level}"


def may_compare(one: tuple[str, str], other: tuple[str, str]) -> bool:
    """Whether two services, each as (type, level), may stand in one ranking."""
    group = peer_group(*one)
    return group is not None and group == peer_group(*other)
