"""Looking over 「診断」 an installation: the program, the machine and the library, each by itself.

Nothing is contacted and nothing is changed; what is looked at may be broken, so that heavy parts of the
program are not imported here.
"""

from __future__ import annotations

from pathlib import Path

from ui.doctor_check import Check
from ui.doctor_library import library_checks
from ui.doctor_machine import machine_checks
from ui.doctor_program import program_checks


def checks(library: Path, port: int) -> list[Check]:
    """Every check, in the order in which it is shown."""
    return [*program_checks(), *machine_checks(library, port), *library_checks(library)]
