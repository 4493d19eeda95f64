"""What ``doctor`` finds of the program: Python, packages, SQLite, the dictionary, fonts, Tesseract."""

from __future__ import annotations

import os
import platform
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

from ui.doctor_check import INSTALL, Check, failing, good, note

OLDEST_PYTHON = (3, 11)
OLDEST_SQLITE = (3, 27, 0)
"""The first that writes a copy of a store in use (VACUUM INTO)."""

_FONT_NAMES = (
    *("msgothic", "yugoth", "meiryo", "bizud", "hiragino", "ヒラギノ", "notosanscjk", "notoserifcjk"),
    *("notosansjp", "ipag", "ipaex", "takao", "vlgothic", "vl-gothic", "sourcehansans"),
)
_FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
)


def program_checks() -> Iterator[Check]:
    """The checks, in the order in which they are shown."""
    yield python_check(sys.version_info[:3], is_64_bit=sys.maxsize > 2**32)
    yield packages_check(_required())
    yield sqlite_check(sqlite3.sqlite_version_info)
    yield dictionary_check()
    yield fonts_check(_font_folders())
    yield tesseract_check()


def python_check(version: tuple[int, ...], *, is_64_bit: bool) -> Check:
    """Whether the program runs on this Python."""
    found = f"{'.'.join(map(str, version))}（{platform.system()} {platform.machine()}）"
    if version < OLDEST_PYTHON:
        return failing("Python", found, "Python 3.11 以降を入れてください。")
    if not is_64_bit:
        return failing("Python", f"{found}、32ビット版", "64ビット版の Python を入れてください。")
    return good("Python", found)


def packages_check(requirements: list[str]) -> Check:
    """Whether the packages that the program needs are there, in versions that it works with."""
    if not requirements:
        return note("パッケージ", "このプログラムの登録がありません", INSTALL)
    try:
        from packaging.requirements import InvalidRequirement, Requirement
    except ImportError as exc:
        return failing("パッケージ", f"調べられません（{exc}）", INSTALL)
    wrong, fine = [], 0
    for text in requirements:
        try:
            requirement = Requirement(text)
        except InvalidRequirement:
            wrong.append(f"{text}（読めない指定）")
            continue
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(requirement.name)
        except metadata.PackageNotFoundError:
            wrong.append(f"{requirement.name}（なし）")
            continue
        if requirement.specifier.contains(version, prereleases=True):
            fine += 1
        else:
            wrong.append(f"{requirement.name} {version}（必要 {requirement.specifier}）")
    if wrong:
        return failing("パッケージ", "、".join(wrong), INSTALL)
    return good("パッケージ", f"{fine}個、すべて合う版です")


def sqlite_check(version: tuple[int, ...]) -> Check:
    """Whether SQLite can do what the store and its backup need."""
    found = ".".join(map(str, version))
    if version < OLDEST_SQLITE:
        return failing("SQLite", found, "SQLite 3.27 以降を備えた Python を入れてください。")
    return good("SQLite", found)


def dictionary_check() -> Check:
    """Whether MeCab with its dictionary cuts Japanese into words."""
    try:
        from index.terms import TermAnalyzer

        cut = TermAnalyzer().analyze("窓口の案内")
    except (ImportError, OSError, RuntimeError) as exc:
        return failing("日本語の辞書", f"使えません（{exc}）", INSTALL)
    if not cut:
        return failing("日本語の辞書", "言葉を区切れません", INSTALL)
    return good("日本語の辞書", "使えます")


def fonts_check(folders: list[Path]) -> Check:
    """Whether this machine can draw Japanese: the page, and pages of PDF files without fonts of their own."""
    name = _fontconfig_name() or next(_fonts(folders), "")
    if name:
        return good("日本語の字体", name)
    advice = (
        "画面の文字や、字体を含まない PDF のページが四角になるおそれがあります。Noto Sans CJK JP などを"
        "入れてください（Debian・Ubuntu では apt-get install fonts-noto-cjk）。"
    )
    return note("日本語の字体", "見つかりません", advice)


def tesseract_check() -> Check:
    """Whether scanned pages can be read."""
    from ingest.ocr_tesseract import installed

    found = installed()
    if found is not None:
        return good("文字認識（OCR）", found.version)
    has_program = shutil.which("tesseract") is not None
    what = "Tesseract はありますが、日本語のデータ（jpn）がありません" if has_program else "入っていません"
    advice = (
        "スキャンした PDF は読めません。読むときは Tesseract 5 と日本語のデータを入れてください（README の"
        "「スキャンしたページ」）。"
    )
    return note("文字認識（OCR）", what, advice)


def _required() -> list[str]:
    try:
        return metadata.requires("shirube") or []
    except metadata.PackageNotFoundError:
        return []


def _font_folders() -> list[Path]:
    folders = [Path(name).expanduser() for name in _FONT_FOLDERS]
    for variable, below in (("WINDIR", "Fonts"), ("LOCALAPPDATA", "Microsoft/Windows/Fonts")):
        if os.environ.get(variable):
            folders.append(Path(os.environ[variable]) / below)
    return folders


def _fonts(folders: list[Path]) -> Iterator[str]:
    """Names of Japanese fonts that lie in folders."""
    for folder in folders:
        for path in folder.rglob("*"):
            if any(name in path.name.casefold().replace(" ", "") for name in _FONT_NAMES):
                yield path.name


def _fontconfig_name() -> str:
    """A font for Japanese that fontconfig knows, empty where there is none, or no fontconfig."""
    program = shutil.which("fc-list")
    if program is None:
        return ""
    try:
        done = subprocess.run(
            [program, ":lang=ja", "family"],
            capture_output=True,
            timeout=20,
            check=True,
            stdin=subprocess.DEVNULL,
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    families = sorted(done.stdout.decode("utf-8", "replace").splitlines())
    return families[0].split(",")[0] if families else ""
