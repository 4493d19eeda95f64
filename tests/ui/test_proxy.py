"""The page behind nginx under a path, set as the guide for serving others says, in a real browser."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.ui.conftest import free_port, served
from tests.ui.small_library import small_engines
from tests.ui.test_accounts import SECRET
from tests.ui.test_journeys import CHROMIUM, WAIT, Visit, browser, visit
from ui.accounts import Accounts
from ui.sign_in import SignIn
from ui.viewer import Role

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
pytestmark = [pytest.mark.skipif(NGINX is None, reason="nginx がないため、プロキシの試験を飛ばします")]
needs_browser = pytest.mark.skipif(not CHROMIUM.is_file(), reason=f"{CHROMIUM} がありません")
__all__ = ["browser", "visit"]
GUIDE = Path(__file__).parents[2] / "docs" / "deploy" / "README.md"
SETTINGS = {
    "SHIRUBE_ROOT_PATH": "/shirube",
    "SHIRUBE_TRUSTED_PROXIES": "127.0.0.1",
    "SHIRUBE_API": "on",
}
BROWSER = {"accept": "text/html"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Proxied:
    """A page behind a proxy: its address with the path, the bare server's, and a token."""

    url: str
    bare: str
    token: str


def of_the_guide() -> tuple[str, str]:
    """The guide's example for nginx: what stands before the ``server`` block, and what stands in it."""
    blocks = re.findall(r"```nginx\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    assert len(blocks) == 1
    before, found, rest = blocks[0].partition("location ")
    return before, found + rest


@contextmanager
def nginx(folder: Path, upstream: str) -> Iterator[str]:
    """The guide's example, before a server; gives the proxy's address."""
    port = free_port()
    before, location = of_the_guide()
    assert "http://127.0.0.1:7860/" in location
    temporary = "\n".join(
        f"{name}_temp_path {folder / name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off;\n{temporary}\n{before}\nserver {{\nlisten 127.0.0.1:{port};\n"
        f"{location.replace('http://127.0.0.1:7860/', upstream)}\n}}\n}}\n",
        encoding="utf-8",
    )
    command = [str(NGINX), "-c", str(folder / "nginx.conf"), "-e", f"{folder}/error.log"]
    with subprocess.Popen(command) as process:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.terminate()


def _wait(port: int) -> None:
    for _ in range(100):
        try:
            httpx.get(f"http://127.0.0.1:{port}/nothing", timeout=5)
        except httpx.ConnectError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("nginx did not start")


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    folder = tmp_path_factory.mktemp("proxied")
    library = small_engines(folder / "library").library
    accounts = Accounts(library)
    accounts.add("tanaka", SECRET, Role.EDITOR)
    token = SignIn(accounts).new_token("tanaka", "tests")
    with served(library, SETTINGS) as server, nginx(folder, server.url) as proxy:
        yield Proxied(url=f"{proxy}shirube/", bare=proxy, token=token)


@needs_browser
def test_a_person_works_at_the_page_below_a_path(visit: Visit, proxied: Proxied, tmp_path: Path) -> None:
    page = visit.page
    page.goto(proxied.url.rstrip("/"))
    assert page.url == f"{proxied.url}login"
    page.get_by_label("利用者の名前").fill("tanaka")
    page.get_by_label("パスワード").fill(SECRET)
    page.get_by_role("button", name="ログイン").click()
    page.wait_for_selector("#result .start", timeout=WAIT)
    assert page.url == proxied.url
    visit.ask("多文化共生の取組")
    page.locator(".answer .cite").first.click()
    page.wait_for_selector(".source mark", timeout=WAIT)
    page.get_by_role("tab", name="比較").click()
    page.locator("#compare-theme textarea, #compare-theme input").first.fill("多文化共生")
    page.get_by_role("button", name="比べる").click()
    with page.expect_download(timeout=WAIT) as saved:
        page.get_by_role("button", name="CSV で保存").click()
    assert "多文化" in Path(saved.value.path()).read_text(encoding="utf-8-sig")
    page.get_by_role("tab", name="資料").click()
    added = tmp_path / "内部案.txt"
    added.write_text("大泉町 相談窓口の内部案\n\n第1章 現状\n\n相談窓口を増やす。\n", encoding="utf-8")
    page.set_input_files(".zone input", [str(added)])
    page.locator(".job.asking").wait_for(timeout=90_000)
    page.get_by_role("button", name="ログアウト").click()
    page.get_by_label("パスワード").wait_for(timeout=WAIT)
    assert page.url == f"{proxied.url}login"
    ours = [url for url in visit.requested if url.startswith("http")]
    assert [url for url in ours if not url.startswith(proxied.url.rstrip("/"))] == []


def test_programs_ask_below_the_path(proxied: Proxied) -> None:
    bearer = {"authorization": f"Bearer {proxied.token}"}
    answered = httpx.get(
        f"{proxied.url}api/ask", params={"q": "多文化共生の取組"}, headers=bearer, timeout=60
    )
    assert answered.status_code == 200
    assert answered.json()["searched"]["documents"] == 3
    described = httpx.get(f"{proxied.url}api/openapi.json", headers=bearer, timeout=60).json()
    assert described["servers"] == [{"url": "/shirube/api"}]
    ping = {"jsonrpc": "2.0", "id": 1, "method": "ping"}
    assert httpx.post(f"{proxied.url}mcp", json=ping, headers=bearer, timeout=60).json()["result"] == {}


def test_nothing_leads_out_of_the_path_and_nothing_is_told_without_an_account(proxied: Proxied) -> None:
    home = httpx.get(proxied.url, headers=BROWSER, timeout=60)
    assert (home.status_code, home.headers["location"]) == (303, "/shirube/login")
    with httpx.Client(timeout=60) as client:
        signed = client.post(f"{proxied.url}login", data={"name": "tanaka", "password": SECRET})
        assert (signed.status_code, signed.headers["location"]) == (303, "/shirube/")
        assert "Path=/shirube;" in signed.headers["set-cookie"]
        text = client.get(proxied.url, headers=BROWSER).text
    leading = re.findall(r'(?:src|href|action)="(/[^"]*|https?://[^"]*)"', text)
    assert [one for one in leading if not one.startswith(("/shirube/", proxied.url))] == []
    assert httpx.get(f"{proxied.url}config", timeout=60).status_code == 401
    assert httpx.get(f"{proxied.bare}config", timeout=60).status_code == 404
    own = {"origin": proxied.bare.rstrip("/")}  # with its port, as an older browser says it
    wrong = httpx.post(f"{proxied.url}login", data={"name": "x"}, headers=own, timeout=60)
    assert wrong.status_code == 401
    foreign = {"origin": "http://evil.example"}
    refused = httpx.post(f"{proxied.url}login", data={"name": "x"}, headers=foreign, timeout=60)
    assert refused.status_code == 403
