"""Lies on the path of a process that is to die: it is killed, as by `kill -9`, just before a statement.

`DIE_AT` is a part of the statement, `DIE_AFTER` how many such it lives through.
"""

import os
import signal

from django.db.backends.utils import CursorWrapper

LEFT = [int(os.environ["DIE_AFTER"])]


def dying(really_execute):
    def execute(self, sql, params=None):
        if os.environ["DIE_AT"] in str(sql):
            if not LEFT[0]:
                os.kill(os.getpid(), signal.SIGKILL)
            LEFT[0] -= 1
        return really_execute(self, sql, params)

    return execute


CursorWrapper.execute = dying(CursorWrapper.execute)
