"""What a child may not do: grow past its memory, open a socket, dump core, push the server aside.

Files and queries are checked before they come here; this is the second barrier, held by the
system, should foreign code be fooled by one. Memory must be the system's to hold, for a reader or
an engine may be in the middle of its own code when it runs out. Time is the parent's: it kills.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import struct
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_NICE = 5  # reading and querying give way to serving
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER_MODE = 38, 22, 2  # linux/prctl.h, linux/seccomp.h
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO | EACCES
_LOCAL, _NO_FAMILY = 1, 0xFFFFFFFF  # AF_UNIX
_ARENA_MAX = -8  # M_ARENA_MAX of malloc.h
_LOAD, _JUMP_IF_EQUAL, _RETURN = 0x20, 0x15, 0x06  # linux/bpf_common.h: BPF_LD|W|ABS, BPF_JMP|JEQ|K, BPF_RET|K
_SYSTEMS = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
"""Audit code of the architecture and its number of socket(2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may cost: `memory` MiB more than an interpreter has, 0 for no limit.

    Sockets are refused to all; `local_sockets` allows those that stay on the machine (AF_UNIX).
    """

    memory: int = 0
    local_sockets: bool = False


def confine(limits: Limits) -> None:
    """Put this process under `limits`, for good."""
    os.nice(_NICE)
    save_address_space()
    leave_no_core()
    refuse_sockets(but_local=limits.local_sockets)
    limit_memory(limits.memory)


def refuse_sockets(*, but_local: bool = False) -> bool:
    """Make socket(2) fail with EACCES in this process and its threads to come, for good (seccomp).

    Returns False where the system has no such filter; nothing is changed then.
    """
    if platform.system() != "Linux" or platform.machine() not in _SYSTEMS:
        return False
    architecture, socket_call = _SYSTEMS[platform.machine()]
    steps = (
        (_LOAD, 0, 0, 4),  # the architecture
        (_JUMP_IF_EQUAL, 0, 5, architecture),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_JUMP_IF_EQUAL, 0, 3, socket_call),
        (_LOAD, 0, 0, 16),  # its first argument, the family
        (_JUMP_IF_EQUAL, 1, 0, _LOCAL if but_local else _NO_FAMILY),
        (_RETURN, 0, 0, _REFUSE),
        (_RETURN, 0, 0, _ALLOW),
    )
    code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in steps))
    program = ctypes.create_string_buffer(struct.pack("HxxxxxxP", len(steps), ctypes.addressof(code)))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(program), 0, 0) == 0)


def limit_memory(mebibytes: int) -> None:
    """Let this process take `mebibytes` of address space more than it has now, 0 for no limit."""
    if mebibytes > 0 and hasattr(resource, "RLIMIT_AS"):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        wanted = address_space() + (mebibytes << 20)
        resource.setrlimit(resource.RLIMIT_AS, (wanted if hard < 0 else min(wanted, hard), hard))


def lift_memory() -> None:
    """Let this process grow again as far as the system lets it."""
    if hasattr(resource, "RLIMIT_AS"):
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (hard, hard))


def address_space() -> int:
    """Return the bytes of address space this process has; 0 where the system doesn't tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def save_address_space() -> None:
    """Let threads share two heaps: each of their own would reserve 64 MiB of what is limited."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_ARENA_MAX, 2)


def leave_no_core() -> None:
    """Write no core file when this process dies, nor a backtrace; it dies by design."""
    os.putenv("RUST_BACKTRACE", "0")
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, hard))
