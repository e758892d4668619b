# SPDX-License-Identifier: EUPL-1.2
"""The database as one file, and back: SQLite by its own backup, PostgreSQL by pg_dump."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from stip.errors import FileError, SettingsError
from stip_web.audit.locks import LOCKED

NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.pgdump"}
"""Name of the dump, by kind of database."""

_LEFT_OUT = ("django_session", "stip_cache")
"""Tables whose rows mean nothing later: who was logged in, and counters of attempts."""


def dump_to(folder: Path) -> Path:
    """Write the database to a file in this folder."""
    path = folder / NAMES[connection.vendor]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
            for table in _LEFT_OUT:
                copy.execute(f"DELETE FROM {table}")  # noqa: S608 - names of our own tables
            copy.commit()
            copy.execute("VACUUM")
    else:
        left_out = [f"--exclude-table-data={table}" for table in _LEFT_OUT]
        _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", *left_out, f"--file={path}")
    return path


def load_from(folder: Path) -> None:
    """Put the database back from the file in this folder, all of it or nothing.

    Raises
    ------
    FileError
        When the dump is of another kind of database.
    """
    path = folder / NAMES[connection.vendor]
    if not path.is_file():
        raise FileError(
            "Deze reservekopie komt van een ander soort database. Zet DATABASE_URL op hetzelfde soort, en begin "
            "opnieuw."
        )
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            copy.backup(connection.connection)
        connection.close()
    else:
        connection.close()
        _run(
            "pg_restore", "--clean", "--if-exists", "--no-owner", "--no-privileges", "--single-transaction", str(path)
        )


def counts() -> dict[str, int]:
    """Count the rows of each table that is kept."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table not in _LEFT_OUT:
                cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608
                found[table] = int(cursor.fetchone()[0])
    return found


def is_empty() -> bool:
    """Whether nobody has an account here yet, and nothing is logged."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in {"accounts_user", *LOCKED} & tables:
            cursor.execute(f"SELECT EXISTS (SELECT 1 FROM {table})")  # noqa: S608
            if cursor.fetchone()[0]:
                return False
    return True


def _run(program: str, *words: str) -> None:
    """Run a program of PostgreSQL on this database; the password goes by the environment, where no list shows it."""
    found = shutil.which(program)
    if found is None:
        raise SettingsError(f"{program} is er niet. Installeer op deze machine: postgresql-client.")
    said: dict[str, Any] = connection.settings_dict
    by = {"PGHOST": said["HOST"], "PGPORT": said["PORT"], "PGUSER": said["USER"], "PGPASSWORD": said["PASSWORD"]}
    environment = os.environ | {name: str(value) for name, value in by.items() if value}
    done = subprocess.run(  # noqa: S603
        [found, f"--dbname={said['NAME']}", "--no-password", *words], env=environment, capture_output=True
    )
    if done.returncode:
        raise FileError(f"{program} stopte met een fout ({done.returncode}). Er is niets veranderd.")
