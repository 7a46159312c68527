"""The peak memory of this process."""

from __future__ import annotations

import re
import resource
from pathlib import Path

_STATUS = Path("/proc/self/status")
_PEAK = re.compile(r"^VmHWM:\s+(\d+) kB", re.M)


def peak_memory() -> int:
    """Return the most memory this process has used, in MiB.

    Read from the kernel's own account where there is one: `ru_maxrss` of a child begins with what its
    parent used, for it outlives the exec (getrusage(2)).
    """
    if _STATUS.is_file() and (found := _PEAK.search(_STATUS.read_text("utf-8"))):
        return int(found[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
