"""The two ways plain texts print a table, each to a RawGrid.

In tab-separated text a cell's `col` is its field (field 1 precedes the first tab). Where each cell
has its own line, `line` is that line and `col` the column of the table.
"""

from __future__ import annotations

from kg.read.assemble.captions import read_caption_piece
from kg.read.assemble.matrix import RawCell, RawGrid, is_number
from kg.text.folding import compact
from kg.values.place import Place

_TOTALS = ("合计", "小计", "总计")


def read_tab_lines(lines: list[str], start: int, end: int) -> RawGrid:
    """Return lines `start` to `end` (from 0, end excluded) as a grid, one row a line."""
    rows = []
    for number in range(start, end):
        rows.append(
            tuple(
                RawCell(text=field.strip(), place=Place(line=number + 1, col=column))
                for column, field in enumerate(lines[number].split("\t"), start=1)
            )
        )
    return RawGrid(rows=tuple(rows), place=Place(line=start + 1, col=1), spans_known=False)


def read_cell_lines(lines: list[str], start: int, end: int) -> list[RawGrid]:
    """Return the grids printed one cell a line from line `start` to `end` (from 0, end excluded)."""
    blocks: list[list[tuple[str, int]]] = [[]]
    for number in range(start, end):
        if "\t" in lines[number]:
            blocks[-1].append((lines[number].strip(), number + 1))
        elif blocks[-1]:
            blocks.append([])
    blocks = [block for block in blocks if block]
    captions = 0
    while captions < len(blocks) - 1 and _is_caption(blocks[captions]):
        captions += 1
    rows = [
        [RawCell(text=text, place=Place(line=line, col=column)) for column, (text, line) in enumerate(block, 1)]
        for block in blocks[:captions]
    ]
    header, body = _split_header(_mended(blocks[captions:]))
    placed = _place_header(header)
    rows.extend(placed)
    rows.extend(
        [RawCell(text=text, place=Place(line=line, col=column)) for column, (text, line) in enumerate(block, 1)]
        for block in body
        if any(text for text, _ in block)
    )
    grid = RawGrid(
        rows=tuple(map(tuple, rows)),
        place=Place(line=start + 1, col=1),
        spans_known=False,
        header_rows=captions + len(placed),
    )
    return [grid]


Block = list[tuple[str, int]]


def _is_caption(block: Block) -> bool:
    return len(block) <= 3 and all(
        text and (piece := read_caption_piece(text)) is not None and not piece.title for text, _ in block
    )


def _mended(blocks: list[Block]) -> list[Block]:
    """Return the blocks with rows that an empty line has cut in two put together again."""
    if not blocks:
        return []
    sizes = [len(block) for block in blocks]
    width = max(set(sizes), key=lambda size: (sizes.count(size) * size, size))
    mended: list[Block] = []
    for block in blocks:
        previous = mended[-1] if mended else None
        if (
            previous is not None
            and len(previous) < width
            and len(previous) + len(block) == width
            and _has_number(previous + block)
        ):
            mended[-1] = previous + block
        else:
            mended.append(block)
    return mended


def _has_number(block: Block) -> bool:
    return any(is_number(compact(text)) for text, _ in block)


def _split_header(blocks: list[Block]) -> tuple[list[Block], list[Block]]:
    """Return header blocks and body blocks: the header ends where all columns are told apart."""
    if not blocks:
        return [], []
    width = max(len(block) for block in blocks)
    count = 1
    while count < len(blocks) and len(blocks[count - 1]) < width and not _has_number(blocks[count]):
        count += 1
    if len(blocks[0]) == width and len(blocks) > 1 and not any(text for text, _ in blocks[1]):
        count = 1
    return blocks[:count], blocks[count:]


def _place_header(blocks: list[Block]) -> list[list[RawCell]]:
    """Return the header rows as wide as the deepest, each cell where its columns begin.

    A row above has one cell for each group of cells below: a run of filled ones, or a single blank
    (the cell reaches down).
    """
    starts = [list(range(len(block))) for block in blocks]
    for upper in range(len(blocks) - 2, -1, -1):
        groups = _groups(blocks[upper + 1], len(blocks[upper]))
        if groups is not None:
            starts[upper] = [starts[upper + 1][first] for first in groups]
    rows = []
    for block, columns in zip(blocks, starts, strict=True):
        row: list[RawCell] = []
        for (text, line), column in zip(block, columns, strict=True):
            while len(row) < column:
                row.append(RawCell(text="", place=Place(line=line, col=len(row) + 1)))
            row.append(RawCell(text=text, place=Place(line=line, col=column + 1)))
        rows.append(row)
    return rows


def _groups(block: Block, wanted: int) -> list[int] | None:
    """Return where each of `wanted` groups of cells begins, None if the cells don't part so."""
    firsts = [index for index, (text, _) in enumerate(block) if not text or index == 0 or not block[index - 1][0]]
    if len(firsts) == wanted:
        return firsts
    if len(firsts) < wanted:
        totals = [index for index, (text, _) in enumerate(block) if compact(text).endswith(_TOTALS)]
        extra = [index for index in totals if index not in firsts][: wanted - len(firsts)]
        if len(firsts) + len(extra) == wanted:
            return sorted(firsts + extra)
    return None
