"""Tests on the project as a whole: its names, its sizes, its papers and what its code may not use."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from corpus.sample_corpus import SAMPLES
from ui import cli

ROOT = Path(__file__).parents[1]
PACKAGES = ("corpus", "index", "ingest", "qa", "ui")
FOLDERS = (*PACKAGES, "tests", "docs", ".ci")
TEXT_SUFFIXES = {
    ".css",
    ".csv",
    ".js",
    ".json",
    ".md",
    ".py",
    ".svg",
    ".toml",
    ".tsv",
    ".txt",
    ".yaml",
    ".yml",
}
READMES = ("README.md", "README.ja.md")
LONGEST_MODULE = 400
LONGEST_GUIDE = 80

# Written in two parts, so that this file does not hold what it looks for.
PRIVATE_PATHS = ("shared" + "/notes", "/work" + "/")

POSIX_MODULES = {"crypt", "fcntl", "grp", "nis", "pty", "pwd", "resource", "spwd", "syslog", "termios", "tty"}
POSIX_NAMES = {
    "os": {
        *("chown", "chroot", "fork", "forkpty", "getegid", "geteuid", "getgid", "getloadavg", "getpgid"),
        *("getuid", "killpg", "lchown", "mkfifo", "nice", "setgid", "setpgid", "setsid", "setuid", "statvfs"),
        *("sysconf", "uname", "wait", "WNOHANG"),
    },
    "signal": {"SIGALRM", "SIGHUP", "SIGKILL", "SIGQUIT", "SIGUSR1", "SIGUSR2", "alarm", "pause"},
}


def python_files(folders: Sequence[str]) -> list[Path]:
    return [path for folder in folders for path in sorted((ROOT / folder).rglob("*.py"))]


def own_texts() -> Iterator[Path]:
    """The project's own text files; environments, caches and libraries are not among its folders."""
    yield from (path for path in sorted(ROOT.iterdir()) if path.is_file() and is_text(path))
    for folder in FOLDERS:
        yield from (path for path in sorted((ROOT / folder).rglob("*")) if path.is_file() and is_text(path))


def is_text(path: Path) -> bool:
    return path.suffix in TEXT_SUFFIXES or path.name in {"LICENSE", "Makefile", "run", ".gitignore"}


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def foreign(claims: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Distributions other than the project's that bring a top-level name of the project's."""
    found = {name: sorted(set(claims.get(name, ())) - {"shirube"}) for name in PACKAGES}
    return {name: others for name, others in found.items() if others}


def test_no_other_distribution_claims_a_top_level_name() -> None:
    assert foreign(metadata.packages_distributions()) == {}


def test_a_foreign_claim_would_be_seen() -> None:
    assert foreign({"index": ["shirube", "other"], "json": ["other"]}) == {"index": ["other"]}


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_is_imported_from_this_project(name: str) -> None:
    spec = find_spec(name)
    assert spec is not None
    assert spec.origin is not None
    assert Path(spec.origin).parent == ROOT / name


def test_contributing_is_short_and_says_how_to_extend() -> None:
    lines = (ROOT / "CONTRIBUTING.md").read_text("utf-8").splitlines()
    assert len(lines) <= LONGEST_GUIDE
    headings = {line.lstrip("# ").lower() for line in lines if line.startswith("#")}
    assert {"how to add a reader", "how to add a sheet layout"} <= headings


def test_no_python_file_is_too_long() -> None:
    lengths = {
        named(path): len(path.read_text("utf-8").splitlines()) for path in python_files((*PACKAGES, "tests"))
    }
    assert len(lengths) > 100
    assert {name: length for name, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_every_module_has_a_docstring() -> None:
    found = {named(path): ast.get_docstring(ast.parse(path.read_text("utf-8"))) for path in product_files()}
    assert [name for name, text in found.items() if not text or not text.strip()] == []


def test_no_file_names_a_path_outside_the_project() -> None:
    held = [
        f"{named(path)}: {private}"
        for path in own_texts()
        for private in PRIVATE_PATHS
        if private in path.read_text("utf-8", errors="replace")
    ]
    assert held == []


def test_own_texts_are_those_of_the_whole_project() -> None:
    names = {named(path) for path in own_texts()}
    assert {"Makefile", "README.ja.md", ".ci/run", "qa/engine.py", "tests/test_project.py"} <= names
    assert not [name for name in names if name.startswith((".venv/", "library/"))]


def outline(text: str) -> list[int]:
    """The levels of a Markdown text's headings, fenced blocks left out."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return [len(match[1]) for match in re.finditer(r"^(#+) ", prose, flags=re.MULTILINE)]


def shown_commands(text: str) -> list[str]:
    """The commands of the product that a text shows, in order."""
    pattern = r"(?:^|[`\\/ ])shirube (?:--data \S+ )?([a-z]+)(?=[\s`])"
    return [match[1] for match in re.finditer(pattern, text, flags=re.MULTILINE)]


def registered() -> set[str]:
    groups = {group.name for group in cli.app.registered_groups if isinstance(group.name, str)}
    return groups | {
        command.name or command.callback.__name__
        for command in cli.app.registered_commands
        if command.callback
    }


def test_both_readmes_have_one_outline() -> None:
    outlines = [outline((ROOT / name).read_text("utf-8")) for name in READMES]
    assert outlines[0] == outlines[1]
    assert len(outlines[0]) >= 10


def test_both_readmes_show_the_same_commands_and_only_real_ones() -> None:
    shown = [shown_commands((ROOT / name).read_text("utf-8")) for name in READMES]
    assert sorted(shown[0]) == sorted(shown[1])
    assert set(shown[0]) == registered()


def shown_answers(text: str) -> dict[str, str]:
    """Questions that a text shows with the answers below them."""
    found = re.findall(r"^\$ shirube ask (\S+)\n([^`$]+?)\n```", text, flags=re.MULTILINE)
    return dict(found)


def test_both_readmes_show_the_same_answers_from_the_samples() -> None:
    shown = [shown_answers((ROOT / name).read_text("utf-8")) for name in READMES]
    assert shown[0] == shown[1]
    sources = {source for answer in shown[0].values() for source in re.findall(r"行目（([^）]+)）", answer)}
    assert len(sources) >= 3
    assert [source for source in sorted(sources) if not (SAMPLES / source).is_file()] == []


def test_commands_are_found_in_code_and_prose() -> None:
    text = "shirube ask 橋\n`shirube status` and .venv\\Scripts\\shirube --data x serve\nShirube reads"
    assert shown_commands(text) == ["ask", "status", "serve"]
    assert outline("# A\n```\n# no heading\n```\n## B\n") == [1, 2]


@pytest.mark.parametrize("name", READMES)
@pytest.mark.parametrize("block", ["evaluation", "speed"])
def test_a_readme_has_its_blocks_of_figures(name: str, block: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert re.search(rf"<!-- {block} -->\n.+?\n<!-- /{block} -->", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", [*READMES, "CONTRIBUTING.md"])
def test_links_into_the_project_lead_somewhere(name: str) -> None:
    links = re.findall(r"\]\(([^)#\s]+)\)", (ROOT / name).read_text("utf-8"))
    inside = [link for link in links if not re.match(r"[a-z]+:", link) and not link.startswith("docs/")]
    assert inside
    assert [link for link in inside if not (ROOT / link).exists()] == []


def test_the_changelog_has_the_version_or_unreleased() -> None:
    headings = re.findall(r"^## \[([^\]]+)\]", (ROOT / "CHANGELOG.md").read_text("utf-8"), flags=re.MULTILINE)
    assert {"Unreleased", project()["version"]} & set(headings)


def test_the_licence_is_the_whole_apache_licence() -> None:
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert project()["license"] == "Apache-2.0"
    assert "Version 2.0, January 2004" in text
    assert all(f"   {number}. " in text for number in range(1, 10))


def project() -> dict[str, str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, str] = tomllib.load(file)["project"]
    return table


def requirements() -> list[Requirement]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        data = tomllib.load(file)
    optional = data["project"]["optional-dependencies"].values()
    texts = [*data["project"]["dependencies"], *(text for group in optional for text in group)]
    return [Requirement(text) for text in (*texts, *data["build-system"]["requires"])]


def pins() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pairs = [line.split("==") for line in lines if line.strip() and not line.startswith("#")]
    return {canonicalize_name(name): version for name, version in pairs}


def test_constraints_pin_torch_for_every_platform() -> None:
    assert pins()["torch"] == "2.13.0"


@pytest.mark.parametrize("requirement", requirements(), ids=lambda requirement: requirement.name)
def test_constraints_pin_every_dependency_within_its_range(requirement: Requirement) -> None:
    pinned = pins().get(canonicalize_name(requirement.name))
    assert pinned is not None
    assert requirement.specifier.contains(pinned)


def product_files() -> list[Path]:
    return python_files(PACKAGES)


def posix_uses(source: str) -> list[str]:
    """What a module imports or names that Windows does not have, as ``line: name``."""
    tree = ast.parse(source)
    aliases = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    found: list[tuple[int, str]] = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names if alias.name in POSIX_MODULES]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module in POSIX_MODULES:
                found.append((node.lineno, module))
            names = POSIX_NAMES.get(module, set())
            found += [(node.lineno, f"{module}.{alias.name}") for alias in node.names if alias.name in names]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            module = aliases.get(node.value.id, "")
            if node.attr in POSIX_NAMES.get(module, set()):
                found.append((node.lineno, f"{module}.{node.attr}"))
    return [f"{line}: {name}" for line, name in sorted(found)]


def test_the_product_uses_nothing_that_windows_lacks() -> None:
    found = {named(path): posix_uses(path.read_text("utf-8")) for path in product_files()}
    assert {name: uses for name, uses in found.items() if uses} == {}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import fcntl", ["1: fcntl"]),
        ("from pwd import getpwuid", ["1: pwd"]),
        ("import os\nos.fork()", ["2: os.fork"]),
        ("import os as system\nsystem.getuid()", ["2: os.getuid"]),
        ("from os import fork, path", ["1: os.fork"]),
        ("def f():\n    import signal\n    return signal.SIGKILL", ["3: signal.SIGKILL"]),
        ("import os\nimport signal\nos.getpid()\nsignal.SIGTERM\nself.fork()", []),
    ],
)
def test_a_posix_only_name_would_be_seen(source: str, expected: list[str]) -> None:
    assert posix_uses(source) == expected
