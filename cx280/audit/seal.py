"""The database's own refusal to change or remove audit entries: triggers, for both databases.

The chain shows that somebody meddled; these make meddling take more than a slip. A migration
puts them in place. SQLite drops a table's triggers when a later migration rebuilds the table,
so such a migration must end with `seal` again; a test looks for them.
"""

_REFUSAL = "Audit entries are only ever added."
_TABLE = "audit_auditentry"

_SQLITE_LIFT = [
    "DROP TRIGGER IF EXISTS audit_entries_stay_unchanged",
    "DROP TRIGGER IF EXISTS audit_entries_stay_present",
]
_SQLITE_SEAL = [
    f"CREATE TRIGGER audit_entries_stay_unchanged BEFORE UPDATE ON {_TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
    f"CREATE TRIGGER audit_entries_stay_present BEFORE DELETE ON {_TABLE} "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
]
_POSTGRESQL_LIFT = [
    f"DROP TRIGGER IF EXISTS audit_entries_stay ON {_TABLE}",
    "DROP FUNCTION IF EXISTS audit_entries_stay()",
]
_POSTGRESQL_SEAL = [
    "CREATE FUNCTION audit_entries_stay() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; "
    "END $$",
    # For each statement, so that one trigger covers TRUNCATE too.
    f"CREATE TRIGGER audit_entries_stay BEFORE UPDATE OR DELETE OR TRUNCATE ON {_TABLE} "
    "FOR EACH STATEMENT EXECUTE FUNCTION audit_entries_stay()",
]


def sealing(vendor: str) -> list[str]:
    """The statements that put the refusal in place, on `sqlite` or `postgresql`."""
    return _POSTGRESQL_SEAL if vendor == "postgresql" else _SQLITE_SEAL


def lifting(vendor: str) -> list[str]:
    """The statements that take it away; only an undone migration and tests use them."""
    return _POSTGRESQL_LIFT if vendor == "postgresql" else _SQLITE_LIFT
