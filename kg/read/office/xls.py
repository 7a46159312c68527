"""Binary Excel workbooks (XLS, XLSB) to blocks: each shown sheet a grid.

python-calamine reads values and merged cells; how a number is shown (1,234.50 or 0.35%) isn't among
them, so a number is printed in full, without invented digits of binary fractions.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from kg.blocks import Document
from kg.errors import LimitExceeded, UnreadableInput
from kg.messages import say
from kg.read.assemble.grid import RawPart, assemble_blocks
from kg.read.office.package import Package
from kg.read.office.sheet import Merge, check_size, printed_value, sheet_parts
from kg.read.sniff import OLE
from kg.settings import Settings


def read_binary_workbook(data: bytes, *, settings: Settings, file: str) -> Document:
    """Return the blocks of a workbook; `page` is the number of the sheet.

    Raises UnreadableInput if it is damaged, encrypted or empty, LimitExceeded if it is too large.
    """
    import python_calamine

    if not data.startswith(OLE):
        Package(data, settings=settings, file=file).check()
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        parts = list(_parts(workbook, settings, file))
    except python_calamine.PasswordError as error:
        raise UnreadableInput(file, say("error.input.encrypted")) from error
    except (python_calamine.CalamineError, ValueError, OSError) as error:
        raise UnreadableInput(file, say("error.input.damaged", reason=str(error))) from error
    blocks = assemble_blocks(parts)
    if not blocks:
        raise UnreadableInput(file, say("error.input.no_cells"))
    return Document(
        file=file,
        blocks=blocks,
        pages=len(workbook.sheet_names),
    )


def _parts(workbook: Any, settings: Settings, file: str) -> Iterator[RawPart]:
    import python_calamine

    sheets = workbook.sheets_metadata
    if len(sheets) > settings.read_max_pages:
        raise LimitExceeded(file, say("error.input.sheets", count=len(sheets), allowed=settings.read_max_pages))
    for number, metadata in enumerate(sheets, 1):
        if metadata.visible != python_calamine.SheetVisibleEnum.Visible:
            continue
        if metadata.typ != python_calamine.SheetTypeEnum.WorkSheet:
            continue
        sheet = workbook.get_sheet_by_name(metadata.name)
        height, width = sheet.total_height, sheet.total_width
        check_size(height, width, sheet=metadata.name, file=file)
        rows = [[printed_value(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        merges = (Merge(*first, *last) for first, last in sheet.merged_cell_ranges or ())
        yield from sheet_parts(rows, merges, number)
