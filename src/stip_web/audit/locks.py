# SPDX-License-Identifier: EUPL-1.2
"""The database itself refuses to change a line of a log, whoever asks: triggers on SQLite and PostgreSQL.

They are set after each migration rather than in one, because SQLite rebuilds a table to alter it and forgets its
triggers on the way.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

LOCKED = {
    "audit_auditline": "OLD.at < until",
    "audit_accessline": "OLD.at < until",
    "audit_processingspan": "OLD.start_time < until_ms",
}
"""Each table of a log, and which of its lines a permit of retention lets go."""

SAID = "a line of a log is never changed"

_PERMITTED = "EXISTS (SELECT 1 FROM audit_retentionpermit WHERE {})"


def lock_logs(connection: BaseDatabaseWrapper) -> None:
    """Set the triggers; does nothing to those that are there."""
    with connection.cursor() as cursor:
        for statement in _statements(connection.vendor):
            cursor.execute(statement)


def unlock_logs(connection: BaseDatabaseWrapper) -> None:
    """Take the triggers away: only to empty a whole database."""
    with connection.cursor() as cursor:
        for table in LOCKED:
            on = f" ON {table}" if connection.vendor == "postgresql" else ""
            for event in ("update", "delete", "truncate"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{event}{on}")


def lock_after_migration(*, using: str = "default", **_: Any) -> None:
    """Set the triggers when a migration is done, as the signal asks."""
    connection = connections[using]
    if set(LOCKED) | {"audit_retentionpermit"} <= set(connection.introspection.table_names()):
        lock_logs(connection)


def _statements(vendor: str) -> list[str]:
    return _for_postgres() if vendor == "postgresql" else _for_sqlite()


def _for_sqlite() -> list[str]:
    made = []
    for table, which in LOCKED.items():
        said = f"BEGIN SELECT RAISE(ABORT, '{SAID}'); END"
        made += [
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE ON {table} {said}",
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table} "
            f"WHEN NOT {_PERMITTED.format(which)} {said}",
        ]
    return made


def _for_postgres() -> list[str]:
    made = [
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    ]
    for table, which in LOCKED.items():
        refuse = f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        refuse += f"IF {_PERMITTED.format(which)} THEN RETURN OLD; END IF; "
        refuse += f"RAISE EXCEPTION '{SAID}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
        made += [
            refuse,
            f"CREATE OR REPLACE TRIGGER {table}_no_update BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
            f"CREATE OR REPLACE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_refuse()",
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
        ]
    return made
