from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

from packaging.utils import canonicalize_name

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


def test_the_lists_are_those_of_what_is_installed() -> None:
    """Run ``make licenses`` after a change of what the program needs."""
    text = (ROOT / "docs" / "licenses.md").read_text("utf-8")
    listed = set(re.findall(r"^\| (\S+) \| (\d\S*) \|", text, re.MULTILINE))
    bill = json.loads((ROOT / "docs" / "sbom.cdx.json").read_text("utf-8"))
    told = {name: version.partition("+")[0] for name, version in listed}
    here = {one.name: one.version.partition("+")[0] for one in parts() if one.name != PROGRAM}
    assert {(one["name"], one["version"]) for one in bill["components"]} == listed
    assert {name: version for name, version in here.items() if told.get(name, version) != version} == {}
    assert {name for name in here if name not in told and name in _pinned()} == set()


def test_the_lock_holds_every_part_by_its_pinned_version_and_the_hashes_of_its_files() -> None:
    """Run ``make lock`` after a change of ``constraints.txt``."""
    locked = _locked((ROOT / "requirements.lock").read_text("utf-8"))
    pinned = _pinned()
    assert {
        name: version for name, (version, _) in locked.items() if pinned.get(name, version) != version
    } == {}
    missing = {one.name for one in parts() if one.name != PROGRAM} - set(locked)
    assert missing - {"setuptools"} == set()
    assert [name for name, (_, hashes) in locked.items() if not hashes] == []
    assert {"hatchling", "editables"} <= set(locked)  # what builds the program itself


def _locked(text: str) -> dict[str, tuple[str, list[str]]]:
    """Version and hashes by name."""
    blocks = re.split(r"\n(?=[A-Za-z0-9])", text)
    found = [re.match(r"([A-Za-z0-9._-]+)==([^ ;\\]+)", block) for block in blocks]
    return {
        canonicalize_name(one[1]): (one[2], re.findall(r"--hash=sha256:([0-9a-f]{64})\b", block))
        for one, block in zip(found, blocks, strict=True)
        if one is not None
    }


def _pinned() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").split()
    pairs = [line.partition("==") for line in lines if "==" in line]
    return {canonicalize_name(name): version.partition("+")[0] for name, _, version in pairs}


def test_every_installed_part_is_in_the_constraints() -> None:
    pinned = _pinned()
    missing = [one.name for one in parts() if one.name != PROGRAM and one.name not in pinned]
    assert [name for name in missing if name != "setuptools"] == []  # that one comes with the environment


def test_the_image_is_built_from_the_program_alone() -> None:
    """``COPY . .`` would else take the operator's library, environment and history into the image."""
    rules = [
        line
        for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    project, build = written["project"], written["tool"]["hatch"]["build"]
    needed = {*build["targets"]["wheel"]["packages"], *project["license-files"], project["readme"]}
    assert rules[0] == "*"
    assert {rule[1:] for rule in rules if rule.startswith("!")} == {
        *needed,
        "pyproject.toml",
        "requirements.lock",
    }
    container = (ROOT / "docs" / "deploy" / "Containerfile").read_text("utf-8")
    assert re.findall(r"^COPY .*", container, re.MULTILINE) == ["COPY . ."]
