# SPDX-License-Identifier: EUPL-1.2
r"""Everything Stip can refuse, as one tree.

::

    StipError
    ├── SettingsError          a setting does not fit
    │   └── BrokenSettings     … and stands in a file: stip.toml or an agreement file is wrong
    ├── WorkspaceError         the workspace is missing, damaged
    │   ├── WorkspaceBusy      … or in use by another process
    │   └── NotStored          … or cannot be written: the disk is full, or it is not allowed
    ├── ContractError          a table does not have the columns, types or units it promises
    ├── CrsError               coordinates are in another system than asked for
    ├── AgreementError         what was asked is not in the agreement
    │   └── OnHold             … or people put it on hold
    ├── FileError              a file cannot be read
    │   └── TooManyRefused     … or holds too many rows that cannot be used
    ├── ServiceError           an open-data service did not answer as documented
    ├── HistoryError           too little history for what was asked
    ├── PlanError              no plan fits the settings
    └── SignalError            a signal, or what is decided on it, does not keep its rule

A message is a Dutch sentence for the person at the desk: what, which value, what to do next.
A value that privacy refuses never stands in a message.
"""

__all__ = [
    "AgreementError",
    "BrokenSettings",
    "ContractError",
    "CrsError",
    "FileError",
    "HistoryError",
    "NotStored",
    "OnHold",
    "PlanError",
    "ServiceError",
    "SettingsError",
    "SignalError",
    "StipError",
    "TooManyRefused",
    "WorkspaceBusy",
    "WorkspaceError",
]


class StipError(Exception):
    """A refusal with a sentence for people; the CLI shows the sentence and exits 1."""


class SettingsError(StipError):
    """A setting or an agreement file does not say what it must."""


class BrokenSettings(SettingsError):
    """A file with settings cannot be read or does not fit: whoever keeps the file must mend it."""


class WorkspaceError(StipError):
    """The folder is no workspace, or holds something that does not belong there."""


class WorkspaceBusy(WorkspaceError):
    """Another process is writing in the workspace."""


class NotStored(WorkspaceError):
    """Something could not be kept: the disk is full, or the place may not or cannot be written."""


class ContractError(StipError):
    """A table misses a column, or holds a type or value that its contract excludes."""


class CrsError(StipError):
    """Coordinates are in another reference system than the one that is asked."""


class AgreementError(StipError):
    """The agreement of a source does not allow what was asked."""


class OnHold(AgreementError):
    """People put it on hold, with a reason.

    Attributes
    ----------
    what : str
        As `stip.agreements.record_pause` names it: with this it is lifted again.
    """

    def __init__(self, message: str, what: str = "") -> None:
        super().__init__(message)
        self.what = what


class FileError(StipError):
    """A file cannot be read as what it claims to be."""


class TooManyRefused(FileError):
    """More rows are refused than the settings allow.

    Attributes
    ----------
    report : object
        What was found in the file, for whoever shows it; None when nobody made one.
    """

    def __init__(self, message: str, report: object = None) -> None:
        super().__init__(message)
        self.report = report


class ServiceError(StipError):
    """An open-data service failed, or answered in another shape than documented."""


class HistoryError(StipError):
    """There is too little history for the question."""


class PlanError(StipError):
    """No plan satisfies the settings."""


class SignalError(StipError):
    """A signal or its answer does not keep the rule of its kind."""
