"""What of a message leaves this machine: what happened and what to do, without the folders of the server.

Messages of the library, its indexes and its settings name folders, which whoever looks after the machine
needs: commands print them and the log keeps them. Whoever asks through the page, the API or MCP learns from
them where things lie and under whose name, and can do nothing with it. So every message passes here on its
way out, whoever raised it: of an absolute path the last name alone is left.

A path is known by how it begins. Where it ends cannot be known, since folders have spaces and brackets in
their names; all up to the end of the sentence or of the quotation marks is taken for the path, and what
follows its last separator is kept. That may take a word too many, never one too few.
"""

from __future__ import annotations

import logging
import re

from corpus.errors import InputError

_ROOT = r"(?:[A-Za-z]:[\\/]|\\\\|~?/)"
"""How an absolute path begins: on Windows, on its network, elsewhere."""

_BEGIN = r"(?:(?<![A-Za-z0-9])[A-Za-z]:[\\/](?!/)|(?<![\w:/\\.~%\-])(?:\\\\|~?/))"
"""The same where it stands alone: neither within a word or a relative path nor an address on the web."""

_QUOTED = re.compile(rf"""(?P<mark>['"])(?:{_ROOT})(?P<rest>[^'"\n]*)(?P=mark)""")
"""As Python shows it in the message of a failed call."""

_LONG = re.compile(rf"{_BEGIN}[^。\n]*[\\/]")
"""All of a path, and of what follows it in the sentence, up to the last separator."""

_SHORT = re.compile(rf"{_BEGIN}(?=[^\s/\\。、（）「」]+(?:[\s。、（）「」]|$))")
"""The root before a folder that lies right in it."""


def web_message(told: object) -> str:
    """A message, or an error's, as whoever asks over HTTP may read it.

    Args:
        told: the message, or the error that carries it.
    """
    text = _QUOTED.sub(lambda found: f"{found['mark']}{_last(found['rest'])}{found['mark']}", str(told))
    return _SHORT.sub("", _LONG.sub("", text))


def keep_in_log(logger: logging.Logger, exc: Exception) -> None:
    """Keep an error whole in the log, for whoever looks after the machine.

    What a person sent quotes their words, which the log holds at its default level as little as those of
    documents.
    """
    logger.log(logging.INFO if isinstance(exc, InputError) else logging.WARNING, "%s", exc)


def _last(rest: str) -> str:
    """The last name of a path."""
    return re.split(r"[\\/]", rest.rstrip("\\/"))[-1]
