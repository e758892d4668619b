# SPDX-License-Identifier: EUPL-1.2
"""Run a command on a PostgreSQL of its own: ``python tests/postgres.py pytest -n 1 tests/web``.

A private cluster in a temporary folder, reached by a Unix socket only, without fsync; it goes when the command ends.
PostgreSQL refuses to run as root, so for root it runs as ``postgres`` or ``nobody``.
"""

from __future__ import annotations

import os
import pwd
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

ABSENT = (
    "PostgreSQL is not on this machine. Install it with: apt-get install postgresql "
    "(or leave DATABASE_URL out: the tests then run on SQLite)."
)
_PATH = [*os.environ.get("PATH", "").split(":"), "/usr/local/bin", "/usr/local/pgsql/bin"]


def find_binaries() -> Path | None:
    """Give the folder with ``initdb`` and ``pg_ctl``: the newest of Debian's, or the first on the path."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    folders = [*reversed(debian), *map(Path, filter(None, _PATH))]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()), None)


@contextmanager
def cluster(binaries: Path, *, durable: bool = False) -> Iterator[str]:
    """Start a cluster with the database ``stip``; gives its URL.

    Parameters
    ----------
    durable : bool
        Let a commit wait until it would survive a kill, as an installation does; otherwise it is faster.
    """
    folder = Path(tempfile.mkdtemp(prefix="stip-pg-"))
    data, log = folder / "data", folder / "log"
    owner = _owner()
    if owner is not None:
        os.chown(folder, owner.pw_uid, owner.pw_gid)

    def run(name: str, *words: str) -> None:
        subprocess.run(
            [str(binaries / name), *words],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=folder,
            env=os.environ | {"LC_ALL": "C.UTF-8", "HOME": str(folder)},
            user=owner.pw_uid if owner else None,
            group=owner.pw_gid if owner else None,
            extra_groups=[] if owner else None,
        )

    options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c synchronous_commit=off"
    if durable:
        options = options.replace("fsync=off -c synchronous_commit=off", "fsync=on -c synchronous_commit=on")
    options += " -c full_page_writes=off -c max_connections=60"
    try:
        run("initdb", "-D", str(data), "-U", "stip", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "-N")
        run("pg_ctl", "-D", str(data), "-l", str(log), "-w", "-t", "60", "-o", options, "start")
        try:
            run("createdb", "-h", str(folder), "-U", "stip", "stip")
            yield f"postgresql://stip@{quote(str(folder), safe='')}/stip"
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def kill(url: str) -> None:
    """Kill the cluster of this URL by force, all its processes, and start it again as it was."""
    folder = Path(unquote(urlsplit(url).netloc.rpartition("@")[2]))
    binaries, owner, data = find_binaries(), _owner(), folder / "data"
    assert binaries is not None  # noqa: S101 - it runs
    options = " ".join(shlex.split((data / "postmaster.opts").read_text())[3:])
    server = int((data / "postmaster.pid").read_text().split()[0])
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    for process in (server, *map(int, children)):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
    while Path(f"/proc/{server}").exists() and " Z " not in Path(f"/proc/{server}/stat").read_text():
        time.sleep(0.05)
    for lock in (data / "postmaster.pid", folder / ".s.PGSQL.5432.lock"):
        lock.unlink(missing_ok=True)  # a dead process that nobody reaped would pass for one that runs
    words = ["-D", str(data), "-l", str(folder / "log"), "-w", "-t", "60", "-o", options]
    subprocess.run(
        [str(binaries / "pg_ctl"), *words, "start"],
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env=os.environ | {"LC_ALL": "C.UTF-8", "HOME": str(folder)},
        user=owner.pw_uid if owner else None,
        group=owner.pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )


def _owner() -> pwd.struct_passwd | None:
    """Give who runs it when we are root."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise SystemExit("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.")


def main(words: list[str]) -> int:
    """Run the command; give its exit code."""
    if not words:
        sys.stderr.write(f"{__doc__}\n")
        return 2
    binaries = find_binaries()
    if binaries is None:
        sys.stderr.write(f"{ABSENT}\n")
        return 1
    with cluster(binaries) as url:
        beside = Path(sys.executable).parent  # so that ‘pytest’ is the one of this environment
        path = f"{beside}:{binaries}:{os.environ.get('PATH', '')}"
        found = shutil.which(words[0], path=path)
        if found is None:
            sys.stderr.write(f"{words[0]}: there is no such command.\n")
            return 2
        return subprocess.run([found, *words[1:]], env=os.environ | {"DATABASE_URL": url, "PATH": path}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
