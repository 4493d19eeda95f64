"""Writing down what commands change, under the name of the system's own user."""

from __future__ import annotations

import getpass
import os

from ui.accounts import Accounts
from ui.audit import Act, audit_log
from ui.cli_options import library_folder


def note_command(what: str, act: Act = Act.ACCOUNTS) -> None:
    """Write down what was done by a command."""
    try:
        who = getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system that knows the user by number alone
        who = "?"
    audit_log(library_folder(), os.environ).note(f"({who})", act, what=what)


def note_documents(act: Act, lines: list[str]) -> None:
    """Write down what a command did to documents, where there are accounts whose deeds stand beside it."""
    if Accounts(library_folder()).exist():
        for line in lines:
            note_command(line, act)
