"""The commands about who may see what: accounts, groups, tokens, and the access of documents."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

import typer

from corpus.access import OPERATOR, Access
from corpus.errors import AccessError, InputError
from ui import console
from ui.accounts import Account, Accounts
from ui.audit import FOLDER, Act, AuditLog, line_of, visible
from ui.cli_notes import note_command
from ui.cli_options import Json, library_folder
from ui.cli_publish import warn_of_published
from ui.sign_in import TOKEN_DAYS, SignIn
from ui.viewer import Role

users = typer.Typer(help="利用者とグループを登録し、変えます。", no_args_is_help=True, rich_markup_mode=None)
access = typer.Typer(help="文書の公開範囲を示し、変えます。", no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[str, typer.Argument(help="利用者の名前")]
Groups = Annotated[list[str] | None, typer.Option("--group", help="入れるグループ（繰り返せます）")]
FromInput = Annotated[
    bool, typer.Option("--password-stdin", help="パスワードを、標準入力の1行目から読みます。")
]
Roles = Annotated[Role | None, typer.Option("--role", help="役割（閲覧・登録・管理）")]
Outside = Annotated[
    bool | None, typer.Option("--outside/--inside", help="庁外の人（庁内の資料を見られません）か、庁内の人か")
]

_COLUMNS = ("at", "who", "act", "query", "what", "address")


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    app.add_typer(users, name="users")
    app.add_typer(access, name="access")
    app.command(help="操作の記録（誰が、いつ、何をしたか）を書き出します。")(audit)


@users.command("add", help="利用者を登録します。パスワードを尋ねます。")
def add(
    name: Name,
    role: Roles = None,
    group: Groups = None,
    outside: Outside = None,
    password_stdin: FromInput = False,
) -> None:
    """Add an account."""
    secret = _password(from_input=password_stdin)
    made = _accounts(makes=True).add(
        name, secret, role or Role.READER, is_inside=not outside, groups=tuple(group or ())
    )
    note_command(f"add {_line(made)}")
    console.say(f"登録しました: {_line(made)}")


@users.command("list", help="利用者とグループを一覧にします。")
def list_users(as_json: Json = False) -> None:
    """List accounts and groups."""
    held, groups = _accounts().all(), _accounts().groups()
    if as_json:
        listed = [
            {
                "name": one.name,
                "role": one.role.value,
                "inside": one.is_inside,
                "groups": list(one.groups),
            }
            for one in held
        ]
        console.say_json({"users": listed, "groups": groups})
        return
    for one in held:
        console.say(_line(one))
    console.say(f"グループ: {'、'.join(groups) or 'なし'}")


@users.command("passwd", help="パスワードを変えます。その人のログインとトークンは終わります。")
def passwd(name: Name, password_stdin: FromInput = False) -> None:
    """Change a password."""
    _accounts().set_password(name, _password(from_input=password_stdin))
    note_command(f"passwd {name}")
    console.say(f"パスワードを変えました: {name}")


@users.command("change", help="役割、庁内・庁外、入っているグループを変えます。")
def change(
    name: Name,
    role: Roles = None,
    outside: Outside = None,
    group: Groups = None,
    no_groups: Annotated[bool, typer.Option("--no-groups", help="どのグループからも外します。")] = False,
) -> None:
    """Change an account; the groups that are named replace the earlier ones."""
    accounts = _accounts()
    accounts.change(name, role=role, is_inside=None if outside is None else not outside)
    if group or no_groups:
        accounts.set_groups(name, tuple(group or ()))
    changed = accounts.get(name)
    if changed is not None:
        note_command(f"change {_line(changed)}")
        console.say(f"変えました: {_line(changed)}")


@users.command("remove", help="利用者を取り除きます。")
def remove(name: Name) -> None:
    """Remove an account; whoever gets its name later finds neither its uploads nor its baskets."""
    from ui.basket_store import BasketStore
    from ui.upload_store import UploadStore

    _accounts().remove(name)
    UploadStore(library_folder()).disown(name)
    baskets = BasketStore(library_folder()).disown(name)
    note_command(f"remove {name}")
    console.say(f"取り除きました: {name}")
    if baskets:
        console.say(
            f"この人の資料かごが{baskets:,}個あります。「shirube users baskets」で確かめ、"
            "「shirube users give-basket」でほかの人に渡せます。"
        )


@users.command("group", help="グループを作ります。--remove を付けると取り除きます。")
def group(
    name: Annotated[str, typer.Argument(help="グループの名前（人事課 など）")],
    remove: Annotated[bool, typer.Option("--remove", help="取り除きます。")] = False,
) -> None:
    """Add a group, or remove one that no document is limited to."""
    accounts = _accounts(makes=not remove)
    if not remove:
        console.say(f"グループを作りました: {accounts.add_group(name)}")
        note_command(f"group {name}")
        return
    limited = [key for key in _accesses().values() if name in Access.of_key(key).groups]
    if limited:
        raise AccessError(
            f"グループ「{name}」に限った文書が{len(limited):,}件あるため、取り除けません。"
            "先に「shirube access set」で、その文書の公開範囲を変えてください。"
        )
    accounts.remove_group(name)
    note_command(f"group --remove {name}")
    console.say(f"グループを取り除きました: {name}")


@users.command("token", help="利用者の権限で API を使うためのトークンを作ります。一度だけ表示します。")
def token(
    name: Name,
    label: Annotated[str, typer.Option(help="何に使うか")] = "",
    days: Annotated[int, typer.Option(help="使える日数", min=1, max=3650)] = TOKEN_DAYS,
    end: Annotated[bool, typer.Option("--end", help="その人のトークンをすべて終わらせます。")] = False,
) -> None:
    """Make a token that carries an account's rights, or end all of them."""
    sign_in = SignIn(_accounts())
    if end:
        ended = sign_in.end_tokens(name)
        note_command(f"token --end {name}")
        console.say(f"{ended}個のトークンを終わらせました: {name}")
        return
    secret = sign_in.new_token(name, label, days)
    note_command(f"token {name} {label}")
    console.warn("このトークンは、もう表示できません。安全な場所に保存してください。")
    console.say(secret)


@users.command("baskets", help="持ち主がいない資料かごを一覧にします。")
def baskets(as_json: Json = False) -> None:
    """List the baskets without an owner."""
    from ui.basket_store import BasketStore

    _accounts()
    held = BasketStore(library_folder()).ownerless()
    if as_json:
        listed = [{"basket": one.basket_id, "made_at": one.made_at, "items": one.count} for one in held]
        console.say_json({"baskets": listed})
        return
    for one in held:
        console.say(f"{one.basket_id}  {one.made_at[:10]}  {one.count:,}件")
    if not held:
        console.say("持ち主のいない資料かごはありません。")


@users.command("give-basket", help="持ち主が決まっていない資料かごを、利用者に渡します。")
def give_basket(
    basket: Annotated[str, typer.Argument(help="「shirube users baskets」の示す番号")], name: Name
) -> None:
    """Give a basket without an owner to an account."""
    from ui.basket_store import BasketStore

    account = _accounts().get(name)
    if account is None:
        raise AccessError(
            f"その名前の利用者はいません: 「{name}」。「shirube users list」で確かめてください。"
        )
    BasketStore(library_folder()).give(basket, account.name)
    note_command(f"give-basket {basket} {account.name}")
    console.say(f"資料かごを{account.name}に渡しました: {basket}")


@access.command("list", help="文書の公開範囲を一覧にします。")
def list_access(as_json: Json = False) -> None:
    """List who may see each document."""
    from ui.library import open_store

    store = open_store(library_folder())
    held = store.accesses()
    rows = [(one, Access.of_key(held[one.document_id]).label) for one in store.documents()]
    if as_json:
        listed = [
            {"document_id": one.document_id, "source": one.source, "access": label} for one, label in rows
        ]
        console.say_json({"documents": listed})
        return
    for one, label in rows:
        console.say(f"{one.document_id}  {label}  {one.municipality}「{one.title}」（{one.source}）")


@access.command("set", help="文書の公開範囲を変えます（公開、庁内、またはグループの名前）。")
def set_access(
    to: Annotated[str, typer.Argument(help="公開、庁内、またはグループの名前（「、」で区切る）")],
    document_ids: Annotated[list[str], typer.Argument(help="「shirube documents」の示す番号")],
) -> None:
    """Change who may see documents."""
    from ui import ingest_report, intake

    wanted = _accounts().known_access(to)
    with ingest_report.progress() as told:
        changed = intake.set_access(library_folder(), document_ids, wanted, OPERATOR, told)
    note_command(f"{wanted.label} {' '.join(document_ids)}", Act.ACCESS)
    console.say(f"{changed}件の公開範囲を「{wanted.label}」にしました。")
    warn_of_published(library_folder())


def audit(
    csv: Annotated[bool, typer.Option("--csv", help="CSV で出します（Excel で開けます）。")] = False,
    since: Annotated[str, typer.Option(help="この日から（2026-11-30）")] = "",
) -> None:
    """Write out the audit log, one line a deed."""
    from ui.export_file import csv_text

    begin = _begin(since)
    held = [one for one in _audit().lines() if begin is None or _is_from(one, begin)]
    if not csv:
        for one in held:
            console.say(line_of(one))
        return
    console.say_csv(csv_text(_COLUMNS, ([visible(one.get(name, "")) for name in _COLUMNS] for one in held)))


def _audit() -> AuditLog:
    """The log of the library; it outlives a store that cannot be read.

    Raises:
        LibraryMissingError: there is neither.
    """
    from corpus.store import Store

    if not (library_folder() / FOLDER).is_dir():
        Store.open(library_folder())
    return AuditLog(library_folder())


def _begin(written: str) -> datetime | None:
    """A day, or a day and a time, of this machine's own clock.

    Raises:
        InputError: it is none.
    """
    try:
        return datetime.fromisoformat(written).astimezone() if written else None
    except (ValueError, OSError, OverflowError) as exc:
        raise InputError(
            f"日付「{written}」を読み取れません。「2026-11-30」のように指定してください。"
        ) from exc


def _is_from(line: Mapping[str, str], begin: datetime) -> bool:
    try:
        return datetime.fromisoformat(line["at"]).astimezone() >= begin
    except (KeyError, ValueError):
        return True  # a line that does not say when is rather shown than left out


def _accounts(*, makes: bool = False) -> Accounts:
    """The accounts of the library.

    Args:
        makes: whether it is made where there is none: accounts come first where others are to be served.

    Raises:
        LibraryMissingError: there is none.
    """
    from corpus.store import Store

    folder = library_folder()
    if makes:
        Store.create(folder)
    else:
        Store.open(folder)
    return Accounts(folder)


def _accesses() -> dict[str, str]:
    from ui.library import open_store

    return open_store(library_folder()).accesses()


def _password(*, from_input: bool) -> str:
    if from_input:
        return sys.stdin.readline().rstrip("\r\n")
    typed: str = typer.prompt("パスワード", hide_input=True, confirmation_prompt="もう一度")
    return typed


def _line(account: Account) -> str:
    where = "" if account.is_inside else "・庁外"
    groups = f"・{'、'.join(account.groups)}" if account.groups else ""
    return f"{account.name}（{account.role.value}{where}{groups}）"
