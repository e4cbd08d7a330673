"""Who wants to know that the log has grown: the apps above say so when they start."""

from collections.abc import Callable

FOLLOWERS: list[Callable[[], object]] = []


def follow(follower: Callable[[], object]) -> None:
    """Call `follower` each time something that was recorded has been committed.

    It comes after the person's own transaction, so its failure undoes nothing, and it may miss a time: it is to read
    the log from where it stood.
    """
    FOLLOWERS.append(follower)
