"""Old Word files (DOC, RTF) by way of LibreOffice, where it is installed: converted to DOCX, then read.

Each conversion has a profile of its own, so that several may run at once, in the reader's process
group, so that whoever ends the reader ends it too.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from kg.blocks import Document
from kg.errors import LimitExceeded, UnreadableInput, UnsupportedFormat
from kg.messages import say
from kg.read.office.docx import read_docx
from kg.settings import Settings

PROGRAMS = ("soffice", "libreoffice", "localc")


def read_doc(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of an old Word file.

    Raises UnsupportedFormat if LibreOffice isn't installed, UnreadableInput if it can't convert the
    file, LimitExceeded if it takes longer than `settings.read_timeout`.
    """
    program = find_program()
    if program is None:
        raise UnsupportedFormat(
            file,
            say("error.input.libreoffice.missing"),
        )
    converted = _convert(program, data, settings, file)
    return read_docx(converted, settings=settings, file=file)


def find_program() -> str | None:
    """Return the path of LibreOffice, None if there is none."""
    return next((path for name in PROGRAMS if (path := shutil.which(name))), None)


def _convert(program: str, data: bytes, settings: Settings, file: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="suyuan-doc-") as folder:
        source = Path(folder, "source.doc")
        source.write_bytes(data)
        command = [
            program,
            f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
            "--headless",
            "--norestore",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            done = subprocess.run(
                command,
                capture_output=True,
                timeout=settings.read_timeout or None,
                check=False,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired as error:
            slow = say("error.input.slow", seconds=f"{settings.read_timeout:.0f}")
            raise LimitExceeded(file, slow) from error
        except OSError as error:
            raise UnsupportedFormat(file, say("error.input.libreoffice.unstarted", reason=error.strerror)) from error
        target = source.with_suffix(".docx")
        if not target.is_file():
            said = done.stderr.decode("utf-8", "replace").strip().splitlines() or ["no output"]
            raise UnreadableInput(file, say("error.input.libreoffice.failed", reason=said[-1]))
        return target.read_bytes()
