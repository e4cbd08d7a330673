"""What the test run does not forgive: unknown variables in our templates, and calls to other machines."""

import socket
import sys
from pathlib import Path

import hjulet

OURS = str(Path(hjulet.__file__).parent)
THIS_MACHINE = {"localhost", "::1"}


class UnknownTemplateVariable(str):
    """Django's `string_if_invalid`: raises in our own templates, prints nothing in those of others."""

    __slots__ = ()

    def __mod__(self, variable):
        frame = sys._getframe(1)
        template = frame.f_locals["context"].render_context.template
        if str(template.origin).startswith(OURS):
            raise NameError(f"{template.origin}: {{{{ {variable} }}}} is not in the context")
        return ""


def refuse_other_machines(connect):
    """Wrap `socket.connect`: this machine and its sockets only."""

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and not is_this_machine(address[0]):
            raise ConnectionRefusedError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return guarded


def is_this_machine(host: str) -> bool:
    return host in THIS_MACHINE or host.startswith("127.")
