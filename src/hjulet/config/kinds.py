"""What a setting may be: how its text becomes a value, and in words what is allowed. `read` raises `ValueError`."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import dj_database_url

YES, NO = {"ja", "true", "1", "yes", "on"}, {"nej", "false", "0", "no", "off"}
MAIL_PORTS = {"smtp": 25, "submission": 587, "smtps": 465}
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")


@dataclass(frozen=True)
class Kind:
    read: Callable[[str], Any]
    allowed: str


@dataclass(frozen=True)
class Setting:
    """`default` is text as a person would write it; an empty one is worked out where the setting is used.

    `worked_out` says in words how.
    """

    name: str
    kind: Kind
    what: str
    example: str
    default: str = ""
    worked_out: str = ""
    is_secret: bool = False


def number(least: int, most: int) -> Kind:
    def read(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError
        return value

    return Kind(read, f"ett helt tal från {least} till {most}")


def choice(*allowed: str) -> Kind:
    def read(text: str) -> str:
        if text not in allowed:
            raise ValueError
        return text

    return Kind(read, " eller ".join(allowed))


def read_yes_or_no(text: str) -> bool:
    if text.lower() not in YES | NO:
        raise ValueError
    return text.lower() in YES


def read_folder(text: str) -> Path:
    return Path(text).expanduser().resolve()


def read_names(text: str) -> list[str]:
    found = [name.strip() for name in text.split(",") if name.strip()]
    if any("/" in name for name in found):
        raise ValueError
    return found


def read_addresses(text: str) -> list[str]:
    found = [address.strip().rstrip("/") for address in text.split(",") if address.strip()]
    if not all(urlsplit(address).scheme in {"http", "https"} and urlsplit(address).hostname for address in found):
        raise ValueError
    return found


def read_database(text: str) -> dict[str, Any]:
    if urlsplit(text).scheme not in {"postgres", "postgresql"}:
        raise ValueError
    return dict(dj_database_url.parse(text))


def read_mail(text: str) -> dict[str, Any]:
    """Django's settings for the server; smtp:// sends in the clear, the other two do not."""
    address = urlsplit(text)
    asked = dict(parse_qsl(address.query))
    if address.scheme not in MAIL_PORTS or not address.hostname or asked.keys() - {"timeout"}:
        raise ValueError
    return {
        "EMAIL_HOST": address.hostname,
        "EMAIL_PORT": address.port or MAIL_PORTS[address.scheme],
        "EMAIL_HOST_USER": unquote(address.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(address.password or ""),
        "EMAIL_USE_TLS": address.scheme == "submission",
        "EMAIL_USE_SSL": address.scheme == "smtps",
        "EMAIL_TIMEOUT": number(1, 300).read(asked.get("timeout", "10")),
    }


def read_files(text: str) -> dict[str, Any]:
    """The options of the storage, out of s3://key:secret@server/bucket; s3+http:// for a server without TLS."""
    address = urlsplit(text)
    bucket, asked = address.path.strip("/"), dict(parse_qsl(address.query))
    if (
        address.scheme not in {"s3", "s3+http"}
        or not (address.username and address.password and address.hostname)
        or not BUCKET.fullmatch(bucket)
        or asked.keys() - {"region"}
    ):
        raise ValueError
    place = address.hostname + (f":{address.port}" if address.port else "")
    return {
        "access_key": unquote(address.username),
        "secret_key": unquote(address.password),
        "bucket_name": bucket,
        "endpoint_url": f"{'https' if address.scheme == 's3' else 'http'}://{place}",
        "region_name": asked.get("region", "us-east-1"),
    }


TEXT = Kind(str, "en text")
YES_OR_NO = Kind(read_yes_or_no, "ja eller nej")
FOLDER = Kind(read_folder, "en sökväg")
NAMES = Kind(read_names, "värdnamn med komma emellan, utan https://")
ADDRESSES = Kind(read_addresses, "en eller flera adresser som börjar med https:// eller http://, med komma emellan")
DATABASE = Kind(read_database, "en adress som börjar med postgres://")
MAIL = Kind(read_mail, "en adress som börjar med smtp://, submission:// eller smtps://")
FILES = Kind(read_files, "en adress som börjar med s3:// och har nyckel, hemlighet, server och hink")
