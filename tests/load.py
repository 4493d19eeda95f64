"""Many people at once while documents come and go: ``python -m tests.load --users 50 --minutes 5``.

A real server over the sample corpus, made up to some thousand passages of its like, an account for each.
First one person alone asks everything that will be asked, with and without the document that will come and
go, as somebody of the town hall and as somebody from outside. Then all sign in and ask, each pausing between
two deeds, while ``shirube ingest`` and ``shirube remove`` run one after the other without a pause. An answer
must be one that the person alone was given with the document or without it, to the last character; nothing
may fail; and the server's own memory must not grow.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.bench import machine
from tests.bench_sizes import questions
from tests.load_library import COMING, Staff, coming_id, make_library, make_staff, public_passages
from tests.load_people import Act, Person, Reply, Wish
from tests.load_report import Watched, report
from tests.ui.conftest import served

ROOT = Path(__file__).parents[1]
PASSAGES = 5_000
THINKS = (2.0, 4.0)
"""Between how many seconds a person pauses."""

THEMES = ("多文化共生の推進", "空き家対策", "消防団", "移住の促進", "債権管理")
FIGURES = ("空き家バンク", "消防団員", "日本語教室")
SOURCES = 12
SHARES = {
    Act.PAGE_ASK: 40,
    Act.PAGE_SOURCE: 15,
    Act.PAGE_COMPARE: 8,
    Act.API_ASK: 15,
    Act.API_SEARCH: 12,
    Act.API_COMPARE: 5,
    Act.API_INDICATORS: 5,
}
"""How often each is done, of a hundred deeds."""

SETTINGS = {"SHIRUBE_API": "on", "SHIRUBE_TRUSTED_PROXIES": "127.0.0.1"}
_EVERY = 1.0

Known = Mapping[tuple[bool, Wish], set[str]]
"""What one person alone was answered: by whether they belong to the town hall, and by what was asked."""


@contextmanager
def _meanwhile(work: Callable[[], None], stop: threading.Event) -> Iterator[None]:
    """Do work in a thread of its own while the context is open; it ends when ``stop`` is set."""
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is done.

    Attributes:
        users: people at once.
        seconds: for how long.
        passages: of the library, about.
        asked: how many different questions.
        thinks: between how many seconds each person pauses.
        arriving: within how many seconds all have come and sign in, one after the other.
        seed: of what each does.
    """

    users: int = 50
    seconds: float = 300.0
    passages: int = PASSAGES
    asked: int = 20
    thinks: tuple[float, float] = THINKS
    arriving: float = 30.0
    seed: int = 20261130


def wishes(plan: Plan, library: Path) -> dict[Act, list[Wish]]:
    """All that will be asked."""
    asked = random.Random(plan.seed).sample(questions(), plan.asked)
    texts: dict[Act, Sequence[str]] = {
        Act.PAGE_ASK: asked,
        Act.API_ASK: asked,
        Act.API_SEARCH: asked,
        Act.PAGE_COMPARE: THEMES,
        Act.API_COMPARE: THEMES,
        Act.API_INDICATORS: FIGURES,
        Act.PAGE_SOURCE: public_passages(library, SOURCES),
    }
    return {act: [Wish(act=act, text=text) for text in found] for act, found in texts.items()}


async def alone(
    url: str, staff: Sequence[Staff], every: Mapping[Act, Sequence[Wish]], known: dict[Any, set[str]]
) -> None:
    """Let one person after the other do everything, and keep what they are answered.

    Raises:
        AssertionError: something failed although nobody else was there.
    """
    for one in staff:
        async with Person(url, "192.0.2.1", one.credentials) as person:
            first = [Wish(act=Act.SIGN_IN), Wish(act=Act.OPEN_PAGE)]
            for wish in [*first, *(wish for found in every.values() for wish in found)]:
                reply = await person.does(wish)
                assert not reply.error, f"{wish}: {reply.error}"
                if wish not in first:
                    known.setdefault((one.is_inside, wish), set()).add(reply.text)


async def together(
    url: str, staff: Sequence[Staff], every: Mapping[Act, Sequence[Wish]], plan: Plan, known: Known
) -> tuple[list[Reply], list[Reply]]:
    """Let all do as they like for a while; returns the replies, and those that nobody alone was given."""
    replies: list[Reply] = []
    differing: list[Reply] = []
    ends = time.monotonic() + plan.seconds

    async def one_person(number: int, who: Staff) -> None:
        chance = random.Random(plan.seed + number)
        address = f"198.51.100.{number % 250 + 1}"
        async with Person(url, address, who.credentials) as person:
            await asyncio.sleep(plan.arriving * number / len(staff))
            for wish in _deeds(chance, every):
                if time.monotonic() >= ends:
                    return
                reply = await person.does(wish)
                replies.append(reply)
                if not reply.error and wish.text and reply.text not in known[who.is_inside, wish]:
                    differing.append(reply)
                await asyncio.sleep(chance.uniform(*plan.thinks))

    await asyncio.gather(*(one_person(number, who) for number, who in enumerate(staff)))
    return replies, differing


def _deeds(chance: random.Random, every: Mapping[Act, Sequence[Wish]]) -> Iterator[Wish]:
    """What a person does, without end: signs in, opens the page, then this and that."""
    yield Wish(act=Act.SIGN_IN)
    yield Wish(act=Act.OPEN_PAGE)
    acts, shares = list(SHARES), list(SHARES.values())
    while True:
        yield chance.choice(every[chance.choices(acts, shares)[0]])


class Changes:
    """Takes a document into a library and out again, as the commands do, until it is told to stop."""

    def __init__(self, library: Path) -> None:
        self._library = library
        self._stop = threading.Event()
        self.took: list[float] = []
        self.faults: list[str] = []

    def once(self) -> None:
        """Take the document in, or out where it is in.

        Raises:
            RuntimeError: the command failed; the message is what it said.
        """
        held = coming_id(self._library)
        arguments = ["ingest", str(COMING)] if held is None else ["remove", held]
        command = [sys.executable, "-m", "ui.cli", "--data", str(self._library), *arguments]
        began = time.monotonic()
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        self.took.append(time.monotonic() - began)
        if done.returncode != 0:
            raise RuntimeError(f"{arguments[0]}: {done.stderr.strip()[-300:]}")

    @contextmanager
    def running(self) -> Iterator[None]:
        """Change without a pause while the context is open."""
        self.took.clear()
        with _meanwhile(self._run, self._stop):
            yield

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self.once()
            except RuntimeError as exc:
                self.faults.append(str(exc))
                return


@dataclass(slots=True)
class Memory:
    """The memory that is a process's own, in megabytes, looked at each second."""

    process: psutil.Process
    seen: list[tuple[float, float]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Look at it while the context is open."""
        with _meanwhile(self._run, self._stop):
            yield

    def _run(self) -> None:
        while not self._stop.wait(_EVERY):
            self.seen.append((time.monotonic(), self.process.memory_full_info().uss / 1e6))


def waited_s(process_id: int) -> float:
    """For how many seconds the threads of a process were ready and had no processor; on Linux."""
    stats = Path("/proc", str(process_id), "task").glob("*/schedstat")
    return sum(int(one.read_text(encoding="ascii").split()[1]) for one in stats) / 1e9


def run(plan: Plan) -> dict[str, Any]:
    """The whole of it; see ``tests.load_report.report``.

    Raises:
        AssertionError: one person alone was not answered, or the server did not end as it should.
    """
    with tempfile.TemporaryDirectory(prefix="shirube-load-") as folder:
        library = Path(folder) / "library"
        make_library(library, plan.passages)
        staff = make_staff(library, plan.users)
        every, changes = wishes(plan, library), Changes(library)
        with served(library, SETTINGS) as server:
            known: dict[tuple[bool, Wish], set[str]] = {}
            pair = [next(one for one in staff if one.is_inside is inside) for inside in (True, False)]
            for _ in range(2):
                asyncio.run(alone(server.url, pair, every, known))
                changes.once()
            process = psutil.Process(server.process_id)
            memory, before, waited = Memory(process), process.cpu_times(), waited_s(process.pid)
            with memory.watched(), changes.running():
                replies, differing = asyncio.run(together(server.url, staff, every, plan, known))
            after, waited = process.cpu_times(), waited_s(process.pid) - waited
        watched = Watched(
            waited=waited,
            replies=replies,
            differing=differing,
            memory=memory.seen,
            changes=changes.took,
            faults=changes.faults,
            processor=after.user + after.system - before.user - before.system,
        )
        load = round(psutil.getloadavg()[0], 1)
        about = {
            "users": plan.users,
            "lasts_s": plan.seconds,
            "arriving_s": plan.arriving,
            "thinks_s": plan.thinks,
            "passages": plan.passages,
        }
        return {"machine": machine(), "load_average": load, **about, **report(watched)}


def main() -> None:
    """The command: prints what was measured, and ends with 1 where a promise was not kept."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--passages", type=int, default=PASSAGES)
    asked = parser.parse_args()
    found = run(Plan(users=asked.users, seconds=asked.minutes * 60, passages=asked.passages))
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    if found["broken"]:
        sys.exit(1)


if __name__ == "__main__":
    main()
