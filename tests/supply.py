"""What is installed with the program: ``python -m tests.supply licences``, and the same with ``sbom``.

Both are read from what is installed here: the program's own dependencies and theirs, without the tools of
development. A distribution that names no licence in its metadata is listed as such and not guessed.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROGRAM = "shirube"
UNKNOWN = "not stated"
_CLASSIFIER = "License :: OSI Approved :: "
_LONGEST = 80
_OF_DEVELOPMENT = frozenset({"editables"})
"""What is there only because the sources are installed in place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A distribution that is installed with the program.

    Attributes:
        name: canonical.
        version: as installed.
        licence: as its metadata states it, in one line.
        needs: canonical names of what it needs, of what is installed.
    """

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]


def parts(program: str = PROGRAM) -> list[Part]:
    """The program's dependencies and theirs, by name."""
    found: dict[str, Part] = {}
    waiting = [canonicalize_name(program)]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            distribution = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue  # for another system or another Python
        needs = tuple(sorted(set(_needs(distribution))))
        found[name] = Part(
            name=name, version=distribution.version, licence=licence_of(distribution.metadata), needs=needs
        )
        waiting.extend(canonicalize_name(one) for one in needs)
    held = {one.name for one in found.values()}
    return sorted(
        (
            Part(
                name=one.name,
                version=one.version,
                licence=one.licence,
                needs=tuple(name for name in one.needs if name in held),
            )
            for one in found.values()
        ),
        key=lambda one: one.name,
    )


def licence_of(described: metadata.PackageMetadata) -> str:
    """What a distribution says of its licence: the expression, else the classifiers, else the free text."""
    expression = _first(described, "License-Expression")
    if expression:
        return expression
    classifiers = [str(one) for one in described.get_all("Classifier") or ()]
    named = [one.removeprefix(_CLASSIFIER) for one in classifiers if one.startswith(_CLASSIFIER)]
    if named:
        return "; ".join(sorted(named))
    text = _first(described, "License").strip()
    first = text.splitlines()[0].strip() if text else ""
    return first[:_LONGEST] or UNKNOWN


def _first(described: metadata.PackageMetadata, name: str) -> str:
    return str((described.get_all(name) or [""])[0])


def licences_text() -> str:
    """A table in Markdown."""
    lines = [f"| {one.name} | {one.version} | {one.licence} |" for one in parts() if one.name != PROGRAM]
    return "\n".join(("| distribution | version | licence |", "|---|---|---|", *lines)) + "\n"


def sbom() -> dict[str, object]:
    """A bill of materials in CycloneDX 1.6; without a time, so that equal installations give equal ones."""
    held = parts()
    own = next(one for one in held if one.name == PROGRAM)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", **_component(own)}},
        "components": [{"type": "library", **_component(one)} for one in held if one is not own],
        "dependencies": [
            {"ref": _ref(one), "dependsOn": [_ref(other) for other in held if other.name in one.needs]}
            for one in held
        ],
    }


def _component(part: Part) -> dict[str, object]:
    is_expression = re.fullmatch(r"[A-Za-z0-9.+() -]+", part.licence) and part.licence != UNKNOWN
    stated = {"expression": part.licence} if is_expression and " " not in part.licence else None
    licences: list[object] = [stated or {"license": {"name": part.licence}}]
    return {
        "bom-ref": _ref(part),
        "name": part.name,
        "version": part.version,
        "purl": _ref(part),
        "licenses": licences,
    }


def _ref(part: Part) -> str:
    return f"pkg:pypi/{part.name}@{part.version}"


def _needs(distribution: metadata.Distribution) -> Iterator[str]:
    for written in distribution.requires or ():
        requirement = Requirement(written)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            name = canonicalize_name(requirement.name)
            if name not in _OF_DEVELOPMENT:
                yield name


def main() -> None:
    """The command."""
    asked = sys.argv[1:] or ["licences"]
    text = json.dumps(sbom(), indent=1) + "\n" if asked == ["sbom"] else licences_text()
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
