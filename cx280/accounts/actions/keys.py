"""Keys with which programs act as a person."""

from django.db import transaction
from django.utils import timezone

from cx280.accounts.models import ApiKey, Person
from cx280.accounts.secrets import KEY_START, digest_of, new_token
from cx280.audit.actions import record, subject_of
from cx280.kernel.problem import Conflict, Unusable

MOST_KEYS = 20


def make_key(person: Person, *, name: str, by: Person) -> str:
    """The key itself, shown once; only its digest is kept. It may do what the person may."""
    tidy = " ".join(name.split())
    if not tidy or len(tidy) > 100:
        raise Unusable("Name the program that will use the key.", field="name")
    key = KEY_START + new_token()
    with transaction.atomic():
        if person.api_keys.filter(revoked_at__isnull=True).count() >= MOST_KEYS:
            raise Conflict(f"You have {MOST_KEYS} keys.", fix="Revoke one you no longer use.")
        made = ApiKey.objects.create(person=person, name=tidy, digest=digest_of(key))
        record(actor=by.email, action="make_key", subject=subject_of(made), detail={"name": tidy})
    return key


def revoke_key(key: ApiKey, *, by: Person) -> None:
    """The key stops working at once."""
    with transaction.atomic():
        if ApiKey.objects.filter(pk=key.pk, revoked_at__isnull=True).update(
            revoked_at=timezone.now()
        ):
            record(
                actor=by.email,
                action="revoke_key",
                subject=subject_of(key),
                detail={"name": key.name},
            )
