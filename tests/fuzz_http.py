"""Made-up requests to the API: ``python -m tests.fuzz_http --python .venv-fuzz/bin/python --examples 100``.

A real server over the sample corpus, an account with a token, and schemathesis, which makes requests of the
API's own description, right and wrong ones, from a seed. Nothing may be answered with a fault of the server,
and every answer must be as the description says: its status, its media type, its schema. Schemathesis lives
in an environment of its own (``make fuzz-http``): what it needs must not meet what the program needs.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus.sample_corpus import SAMPLES
from tests.ui.conftest import served
from ui.accounts import Accounts
from ui.intake import ingest
from ui.sign_in import SignIn
from ui.viewer import Role

SEED = 20261130
PASSWORD = "Yama-no-ue 7 hon-no ki"
BY_DESIGN = "positive_data_acceptance"
"""A town or year that there is not is refused although it is a text: that is what a person is to be told."""

RATE = "25/s"
"""Below what the gate lets an account ask, so that what is made up is answered and not turned away."""


def fuzz(python: str, examples: int, seed: int = SEED) -> int:
    """The exit status of schemathesis after so many requests to each endpoint in each of its phases."""
    with tempfile.TemporaryDirectory(prefix="shirube-fuzz-") as folder:
        library = Path(folder) / "library"
        ingest(library, [SAMPLES])
        accounts = Accounts(library)
        accounts.add("fuzz", PASSWORD, Role.READER)
        token = SignIn(accounts).new_token("fuzz", "fuzz")
        with served(library, {"SHIRUBE_API": "on"}) as server:
            command = [
                *(python, "-m", "schemathesis.cli", "run", f"{server.url}api/openapi.json"),
                *("--url", f"{server.url}api", "--header", f"Authorization:Bearer {token}"),
                *(
                    "--checks",
                    "all",
                    "--exclude-checks",
                    BY_DESIGN,
                    "--rate-limit",
                    RATE,
                    "--request-timeout",
                    "30",
                ),
                *("--max-examples", str(examples), "--seed", str(seed), "--continue-on-failure"),
                *("--generation-database", "none", "--no-color"),
            ]
            return subprocess.run(command, cwd=folder, check=False).returncode


def main() -> None:
    """The command: ends as schemathesis does."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", required=True, help="of the environment that holds schemathesis")
    parser.add_argument("--examples", type=int, default=100)
    parser.add_argument("--seed", type=int, default=SEED)
    asked = parser.parse_args()
    sys.exit(fuzz(str(Path(asked.python).absolute()), asked.examples, asked.seed))


if __name__ == "__main__":
    main()
