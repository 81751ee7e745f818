"""Lets the test database be emptied between tests, though audit entries may not be deleted."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations

from cx280.audit.seal import lifting, sealing


@pytest.fixture(scope="session", autouse=True)
def flush_lifts_the_seal() -> Iterator[None]:
    """Wraps Django's flush, which only tests call, with lifting and putting back the triggers.

    The triggers stand while a test runs.
    """
    operations = type(connection.ops)
    ordinary = operations.sql_flush

    def unsealed(
        self: BaseDatabaseOperations, style: object, tables: list[str], **options: Any
    ) -> list[str]:
        statements: list[str] = ordinary(self, style, tables, **options)  # type: ignore[arg-type]
        if "audit_auditentry" not in tables:
            return statements
        vendor = connection.vendor
        return [*lifting(vendor), *statements, *sealing(vendor)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(operations, "sql_flush", unsealed)
        yield
