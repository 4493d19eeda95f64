"""What a person is told of a command that was typed wrongly: typer says it in English."""

from __future__ import annotations

import re
from typing import Any

import typer

UsageError: type[Any] = typer.BadParameter.__mro__[1]
"""The error that typer raises for every wrong use; it has no public name for it."""

_REASONS = (
    (re.compile(r"greater than or equal to (\S+)"), r"\1以上で指定してください"),
    (re.compile(r"less than or equal to (\S+)"), r"\1以下で指定してください"),
    (re.compile(r"valid (?:integer|int)\b"), "整数で指定してください"),
    (re.compile(r"valid (?:number|float)\b"), "数で指定してください"),
    (re.compile(r"not one of (.+?)\.?$"), r"\1 のどれかを指定してください"),
    (re.compile(r"not readable"), "読む権限がありません"),
)
_USES = (
    (re.compile(r"No such command '(.+)'"), r"「\1」というコマンドはありません"),
    (re.compile(r"Missing command"), "コマンドがありません"),
    (re.compile(r"unexpected extra arguments?(?:\(s\))? \((.+)\)"), r"余分な言葉があります（\1）"),
)


def tell(exc: Any) -> str:
    """An error of use in one line, with where its use is described; help that was asked for as it is."""
    if type(exc).__name__ == "NoArgsIsHelpError":
        return str(exc.format_message())
    command = exc.ctx.command_path if exc.ctx is not None else "shirube"
    return f"使い方が違います。{_what(exc)}。「{command} --help」で使い方を確かめてください。"


def _what(exc: Any) -> str:
    kind, message = type(exc).__name__, str(exc.message)
    if kind == "MissingParameter":
        return f"{_named(exc.param)}を指定してください"
    if kind == "NoSuchOption":
        meant = "、".join(sorted(exc.possibilities or ()))
        return f"{exc.option_name} というオプションはありません" + (
            f"（{meant} はあります）" if meant else ""
        )
    if kind == "BadOptionUsage":
        takes_none = "not take" in message
        return (
            f"{exc.option_name} に値は付けられません" if takes_none else f"{exc.option_name} に値がありません"
        )
    if kind == "BadParameter":
        return f"{_named(exc.param)}の値を使えません。{_said(message, _REASONS)}"
    return _said(message, _USES)


def _named(parameter: Any) -> str:
    """An option by its name, an argument by what its help says that it is."""
    if parameter is None:
        return "オプション"
    if parameter.param_type_name == "option":
        return f"{parameter.opts[0]} "
    described = (parameter.help or "").partition("。")[0]
    return f"「{described or parameter.name}」"


def _said(message: str, patterns: tuple[tuple[re.Pattern[str], str], ...]) -> str:
    """A message of typer in Japanese; as it is where it is another than these."""
    for pattern, japanese in patterns:
        if found := pattern.search(message):
            return found.expand(japanese)
    return message.rstrip(".")
