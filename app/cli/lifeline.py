"""No orphan is left when the supervisor goes, even by kill -9: Linux tells the processes that it started."""

import ctypes
import os
import signal
import sys

SUPERVISOR = "SOUNDINGS_SUPERVISOR"  # its process id; set by `flask serve`, and by nothing else
PR_SET_PDEATHSIG = 1


def die_with_the_supervisor() -> None:
    if SUPERVISOR not in os.environ:
        return
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(os.environ[SUPERVISOR]):
        sys.exit("The supervisor has gone.")  # before it could be asked for
