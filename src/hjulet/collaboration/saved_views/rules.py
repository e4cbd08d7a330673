from urllib.parse import parse_qsl, urlencode, urlsplit

from django.urls import Resolver404, resolve

LONGEST_QUERY = 2000
# What is not part of how the list looks.
NOT_KEPT = {"page", "format"}


def list_and_query(address: str) -> tuple[str, str] | None:
    """The path of one of our reading pages and what of its query is worth keeping; None for anything else."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc:
        return None
    try:
        match = resolve(parts.path)
    except Resolver404:
        return None
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name not in NOT_KEPT]
    query = urlencode(kept)
    is_ours = getattr(match.func, "access_mode", "") in ("reads", "discloses") and not match.kwargs
    return (parts.path, query) if is_ours and len(query) <= LONGEST_QUERY else None
