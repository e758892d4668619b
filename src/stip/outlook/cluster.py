# SPDX-License-Identifier: EUPL-1.2
"""The outlooks of many towns on a Dask cluster; each worker must reach the workspaces under the same path.

The same function does a town as on one machine, and its run is frozen under the same id, so it does not matter who
does it, nor whether it is done twice: a worker that is killed half-way leaves nothing, and another begins anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from stip.errors import SettingsError, WorkspaceError
from stip.outlook.many import KILLED, Outcome, Reported, TownReport, outlook_of
from stip.store import program_hash

if TYPE_CHECKING:
    from distributed import Client

_CONNECT_SECONDS = 10


def outlooks_on(
    address: str, roots: Sequence[Path], week: str = "", *, reported: Reported | None = None
) -> list[TownReport]:
    """Make the outlooks of many towns on a cluster; as `stip.outlook.outlooks_here`, with the same result.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://10.0.0.5:8786``.
    roots : sequence of Path
    week : str
    reported : callable, optional

    Raises
    ------
    SettingsError
        When Dask is not installed.
    WorkspaceError
        When the cluster does not answer, has no workers, or works with another version of Stip.
    """
    try:
        from distributed import KilledWorker, as_completed
    except ImportError:
        raise SettingsError(
            "Rekenen op een cluster vraagt Dask, en dat staat hier niet. Doe: pip install 'stip[cluster]'."
        ) from None
    ended: dict[Path, TownReport] = {}
    with _client(address) as client:
        _check_program(client, address)
        asked = {
            client.submit(outlook_of, str(root), week, pure=False, priority=-place): root
            for place, root in enumerate(roots)
        }
        for done in as_completed(asked):  # type: ignore[no-untyped-call]
            root = asked[done]
            try:
                ended[root] = done.result()
            except KilledWorker:
                ended[root] = TownReport(root.name, Outcome.FAILED, why=KILLED)
            if reported is not None:
                reported(ended[root])
    return [ended[root] for root in roots]


def _client(address: str) -> Client:
    from distributed import Client

    try:
        return Client(address, timeout=_CONNECT_SECONDS)  # type: ignore[no-untyped-call]
    except (OSError, ValueError):
        raise WorkspaceError(
            f"Het cluster op {address} antwoordt niet. Kijk of de planner draait: ‘dask scheduler’; "
            "zij noemt haar adres, zoals tcp://10.0.0.5:8786."
        ) from None


def _check_program(client: Client, address: str) -> None:
    """Refuse workers with another program: their figures would be frozen beside ours as if they were the same."""
    programs = set(client.run(program_hash).values())
    if not programs:
        raise WorkspaceError(f"Het cluster op {address} heeft geen werkers. Start ze met ‘dask worker {address}’.")
    if programs != {program_hash()}:
        raise WorkspaceError(
            f"De werkers op {address} hebben een andere versie van Stip dan deze machine. "
            "Zet overal dezelfde versie en start de werkers opnieuw."
        )
