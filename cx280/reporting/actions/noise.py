"""Whether an agency's releases carry noise, and how much of the privacy budget they may spend."""

from __future__ import annotations

from decimal import Decimal

from django.db import transaction

from cx280.accounts.access import may
from cx280.accounts.models import Person
from cx280.accounts.rules import Capability
from cx280.agencies.models import Organization
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import NotAllowed, Unusable
from cx280.reporting.models import NoiseSetting


@transaction.atomic
def set_noise(
    agency: Organization, *, epsilon: Decimal | None, yearly: Decimal | None = None, by: Person
) -> NoiseSetting | None:
    """The agency's new setting; None, with epsilon None, is no noise, as is the rule.

    epsilon: what one person's answers to one survey spend in a release; smaller is more private
    and less exact. yearly: what one provider's releases may spend in a fiscal year; eight
    releases when not given. Only the official who signs the agency's quarters decides.
    """
    if not may(by, Capability.CERTIFY_QUARTERS, agency):
        raise NotAllowed("Only the official who signs an agency's quarters decides on noise.")
    setting = None
    if epsilon is None:
        NoiseSetting.objects.filter(agency=agency).delete()
    else:
        total = epsilon * 8 if yearly is None else yearly
        if epsilon <= 0 or total < epsilon:
            raise Unusable(
                "A release spends more than 0, and a year has budget for one release at least.",
                field="epsilon",
            )
        setting, _ = NoiseSetting.objects.update_or_create(
            agency=agency, defaults={"epsilon": epsilon, "yearly": total, "set_by": by}
        )
    record(
        actor=by.email,
        action="set_noise",
        subject=subject_of(agency),
        organization=agency.code,
        detail={
            "epsilon": str(setting.epsilon) if setting else None,
            "yearly": str(setting.yearly) if setting else None,
        },
    )
    return setting
