"""What the identity provider said of a person: no more than we use, whichever protocol brought it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from hjulet.organisation.sign_on.configuration import SignOn

LONGEST_GROUP = 200


@dataclass(frozen=True)
class Told:
    """`subject` is the same at every login and nobody else's; an address that nobody vouches for is left out."""

    subject: str
    name: str
    verified_email: str
    groups: frozenset[str]
    strength: frozenset[str] = frozenset()
    nonce: str = ""
    lacks_groups: bool = False


def read(claims: Mapping[str, Any], sign_on: SignOn) -> Told:
    """From the claims of a token, or the attributes of an assertion."""
    email = first(claim(claims, sign_on.email_claim)).lower()
    return Told(
        subject="",
        name=first(claim(claims, sign_on.name_claim)),
        verified_email=email if is_vouched_for(email, claims, sign_on) else "",
        groups=frozenset(
            group
            for group in texts(claim(claims, sign_on.groups_claim))
            if group.startswith(sign_on.groups_prefix) and len(group) <= LONGEST_GROUP
        ),
        strength=frozenset(texts(claims.get("acr")) + texts(claims.get("amr"))),
        nonce=first(claims.get("nonce")),
        lacks_groups=sign_on.groups_claim in (claims.get("_claim_names") or {}),
    )


def subject_key(issuer: str, subject: str) -> str:
    """Who a person is at a provider, in a form that tells nothing else; another provider's subject is another."""
    return sha256(f"{issuer}\n{subject}".encode()).hexdigest()


def claim(claims: Mapping[str, Any], name: str) -> Any:
    """By its name, or by the way down to it: Keycloak keeps roles in `realm_access.roles`."""
    if name in claims:
        return claims[name]
    found: Any = claims
    for part in name.split("."):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found


def texts(value: Any) -> list[str]:
    given: Iterable[Any] = value if isinstance(value, list | tuple) else [value]
    return [text.strip() for text in given if isinstance(text, str) and text.strip()]


def first(value: Any) -> str:
    return next(iter(texts(value)), "")


def is_vouched_for(email: str, claims: Mapping[str, Any], sign_on: SignOn) -> bool:
    """The provider says so, or the domain is the municipality's own and the provider does not deny it."""
    said = claims.get("email_verified")
    if said is None:
        return email.rpartition("@")[2] in sign_on.email_domains
    return said is True or first(said).lower() == "true"
