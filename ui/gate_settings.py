"""How the gate before the page is set: who is let in from where, read from the environment once."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass

from ui.settings import SettingError

PROXIES, HEADER, ROOT = "SHIRUBE_TRUSTED_PROXIES", "SHIRUBE_USER_HEADER", "SHIRUBE_ROOT_PATH"
Network = ipaddress.IPv4Network | ipaddress.IPv6Network


@dataclass(frozen=True, slots=True, kw_only=True)
class GateSettings:
    """What the environment says.

    Attributes:
        proxies: from which a forwarded address, scheme and user are believed; none by default.
        user_header: in which such a proxy names the user, empty where it does not.
        root_path: under which a reverse proxy offers the page, empty or ``/shirube``.
    """

    proxies: tuple[Network, ...] = ()
    user_header: str = ""
    root_path: str = ""

    def is_trusted(self, address: str) -> bool:
        """Whether a peer is one of the proxies."""
        try:
            peer = ipaddress.ip_address(address)
        except ValueError:
            return False
        return any(peer in network for network in self.proxies)


def gate_settings(environment: Mapping[str, str]) -> GateSettings:
    """The settings of an environment.

    Raises:
        SettingError: one cannot be read, or a header is to be believed from anybody.
    """
    proxies = tuple(_network(one) for one in environment.get(PROXIES, "").split(",") if one.strip())
    header = environment.get(HEADER, "").strip().lower()
    if header and not proxies:
        raise SettingError(
            f"{HEADER} を使うには、{PROXIES} に、信頼するリバースプロキシのアドレスを設定してください"
            "（例: 127.0.0.1）。"
        )
    root = environment.get(ROOT, "").strip().rstrip("/")
    if root and (not root.startswith("/") or not root.isascii() or set(root) & set('"<>?#\\ ')):
        raise SettingError(f"{ROOT} を読めません: {root}。/shirube のように設定してください。")
    return GateSettings(proxies=proxies, user_header=header, root_path=root)


def _network(written: str) -> Network:
    try:
        found = ipaddress.ip_network(written.strip())
    except ValueError as exc:
        raise SettingError(
            f"{PROXIES} を読めません: {written.strip()}。127.0.0.1 や 10.0.0.0/28 のように設定してください。"
        ) from exc
    if found.prefixlen == 0:
        raise SettingError(f"{PROXIES} に、すべてのアドレスは指定できません。")
    return found
