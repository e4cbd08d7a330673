"""A disk that takes no more."""

import resource
import signal
from contextlib import contextmanager


@contextmanager
def room_for(size):
    """No file may be larger for a while: the disk says no in the middle of a write, as when it is full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
