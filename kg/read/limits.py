"""What one file may cost: the limits that hold for the whole process that reads it.

Bytes, pages and unpacked bytes are checked where they are met; memory is held by the operating
system, for a reader may be in the middle of foreign code when it runs out. Time is the
runner's: it ends the process.
"""

from __future__ import annotations

from pathlib import Path

from kg.settings import Settings

MEBIBYTE = 1024 * 1024


def limit_process(settings: Settings) -> None:
    """Limit this process to `settings.read_memory` MiB beyond what it maps now, and to no core dumps.

    A limit of 0, or a system without such limits, leaves the process as it is.
    """
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if settings.read_memory <= 0:
        return
    wanted = _mapped() + settings.read_memory * MEBIBYTE
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))


def _mapped() -> int:
    """Return the bytes of address space this process maps now, 0 where that can't be known."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    import mmap

    return pages * mmap.PAGESIZE
