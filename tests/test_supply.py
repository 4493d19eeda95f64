from __future__ import annotations

import re
from pathlib import Path

from tests.supply import PROGRAM, UNKNOWN, licences_text, parts, sbom

ROOT = Path(__file__).parents[1]
COPYLEFT = re.compile(r"\b(A?GPL|GNU (Affero )?General)", re.IGNORECASE)


def test_every_part_is_named_with_its_version_and_what_needs_it() -> None:
    held = {one.name: one for one in parts()}
    assert {"gradio", "faiss-cpu", "tantivy", "fugashi", "starlette", "argon2-cffi"} <= set(held)
    assert not {"pytest", "ruff", "mypy"} & set(held)
    needed = {name for one in held.values() for name in one.needs}
    assert needed | {PROGRAM} == set(held)


def test_no_part_asks_for_the_programs_own_source() -> None:
    asking = [one for one in parts() if COPYLEFT.search(one.licence) and "LGPL" not in one.licence]
    assert asking == []


def test_parts_without_a_stated_licence_are_few_and_told() -> None:
    unknown = [one.name for one in parts() if one.licence == UNKNOWN and one.name != PROGRAM]
    assert len(unknown) < 8
    for name in unknown:
        assert f"| {name} |" in licences_text()


def test_the_bill_of_materials_holds_together() -> None:
    bill = sbom()
    components = bill["components"]
    dependencies = bill["dependencies"]
    assert isinstance(components, list)
    assert isinstance(dependencies, list)
    references = {one["bom-ref"] for one in components} | {
        one["ref"] for one in dependencies if PROGRAM in one["ref"]
    }
    assert {one["ref"] for one in dependencies} == references
    assert {ref for one in dependencies for ref in one["dependsOn"]} <= references
    assert sbom() == bill


def test_every_installed_part_is_in_the_constraints() -> None:
    pinned = {
        re.sub(r"[-_.]+", "-", line.partition("==")[0]).lower(): line.partition("==")[2].partition("+")[0]
        for line in (ROOT / "constraints.txt").read_text("utf-8").split()
        if "==" in line
    }
    missing = [one.name for one in parts() if one.name != PROGRAM and one.name not in pinned]
    assert [name for name in missing if name != "setuptools"] == []  # that one comes with the environment
