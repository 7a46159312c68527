"""Ruling lines to lattices: pieces snapped, edges supplied, spans where no line divides, shapes cut to bands."""

from __future__ import annotations

import pytest

from kg.read.page.lattices import Frame, Lattice, find_lattices, find_shaded
from kg.read.page.ruling import Joined, Rule, crossing_rules, merged_rules


def ruled(xs: tuple[float, ...], ys: tuple[float, ...]) -> tuple[list[Rule], list[Rule]]:
    """Return the lines of a full grid."""
    return [Rule(y, xs[0], xs[-1]) for y in ys], [Rule(x, ys[0], ys[-1]) for x in xs]


def cells(lattice: Lattice) -> list[tuple[int, int, int, int]]:
    return [(frame.row, frame.column, frame.row_span, frame.col_span) for frame in lattice.frames]


def only(horizontal: list[Rule], vertical: list[Rule]) -> Lattice:
    (lattice,) = find_lattices(horizontal, vertical)
    return lattice


def test_lines_nearer_than_a_snap_are_one_where_the_longest_piece_lies() -> None:
    assert merged_rules([Rule(10.0, 0, 5), Rule(11.9, 0, 90)]) == [Rule(11.9, 0, 90)]
    assert merged_rules([Rule(10.0, 0, 90), Rule(12.1, 0, 90)]) == [Rule(10.0, 0, 90), Rule(12.1, 0, 90)]


def test_a_group_of_lines_is_no_wider_than_a_snap() -> None:
    assert [rule.at for rule in merged_rules([Rule(at, 0, 9) for at in (10.0, 11.5, 13.0)])] == [10.0, 13.0]


def test_pieces_of_a_line_are_joined_over_small_gaps_only() -> None:
    assert merged_rules([Rule(10, 0, 50), Rule(10, 53.5, 90)]) == [Rule(10, 0, 90)]
    assert merged_rules([Rule(10, 0, 50), Rule(10, 53.6, 90)]) == [Rule(10, 0, 50), Rule(10, 53.6, 90)]
    assert merged_rules([Rule(10, 0, 90), Rule(10, 20, 30), Rule(10, 93, 99)]) == [Rule(10, 0, 99)]


def test_joined_numbers_have_one_root() -> None:
    joined = Joined(5)
    joined.join(1, 0)
    joined.join(2, 1)
    joined.join(4, 3)
    assert [joined.root(number) for number in range(5)] == [0, 0, 0, 3, 3]


def test_lines_that_cross_hang_together_and_others_are_tables_of_their_own() -> None:
    first, second = ruled((0, 50, 100), (0, 20)), ruled((0, 100), (60, 80))
    groups = crossing_rules([*first[0], *second[0]], [*first[1], *second[1]])
    assert sorted((len(rows), len(columns)) for rows, columns in groups) == [(2, 2), (2, 3)]


def test_a_line_that_nearly_reaches_another_crosses_it() -> None:
    rows = [Rule(0, 0, 100), Rule(20, 0, 100), Rule(40, 0, 100)]
    ((_, near),) = crossing_rules(rows, [Rule(-3.4, 0, 40), Rule(103.4, 0, 40)])
    assert [rule.at for rule in near] == [-3.4, 103.4]
    assert crossing_rules(rows, [Rule(-3.6, 0, 40), Rule(103.6, 0, 40)]) == []
    ((crossed, _),) = crossing_rules(rows, [Rule(0, 3.4, 36.6)])
    assert [rule.at for rule in crossed] == [0, 20, 40]
    ((crossed, _),) = crossing_rules(rows, [Rule(0, 3.6, 36.4)])
    assert [rule.at for rule in crossed] == [20]


def test_a_line_beside_a_table_from_top_to_bottom_belongs_to_it() -> None:
    rows, columns = ruled((0, 50), (0, 20, 40))
    ((_, inside),) = crossing_rules(rows, [*columns, Rule(70, 0, 40)])
    assert [rule.at for rule in inside] == [0, 50, 70]
    ((_, inside),) = crossing_rules(rows, [*columns, Rule(70, 0, 31)])
    assert [rule.at for rule in inside] == [0, 50]
    rows, columns = ruled((0, 50), (100, 120, 140))
    ((_, inside),) = crossing_rules(rows, [*columns, Rule(70, 100, 140)])
    assert [rule.at for rule in inside] == [0, 50, 70]


def test_a_full_grid_has_a_cell_between_each_two_lines() -> None:
    lattice = only(*ruled((10, 60, 110), (5, 25, 45)))
    assert cells(lattice) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]
    assert (lattice.xs, lattice.ys, lattice.box) == ((10, 60, 110), (5, 25, 45), (10, 5, 110, 45))
    assert lattice.frames[1].box == (60, 5, 110, 25)


def test_a_cell_reaches_as_far_as_no_line_divides_it() -> None:
    rows, columns = ruled((0, 50, 100), (0, 20, 40, 60))
    columns[1] = Rule(50, 20, 60)
    rows[2] = Rule(40, 50, 100)
    assert cells(only(rows, columns)) == [(0, 0, 1, 2), (1, 0, 2, 1), (1, 1, 1, 1), (2, 1, 1, 1)]


@pytest.mark.parametrize(("reach", "divided"), [(12.0, True), (11.9, False)])
def test_a_line_divides_where_it_covers_most_of_a_side(reach: float, divided: bool) -> None:
    rows, columns = ruled((0, 50, 100), (0, 20, 40))
    columns[1:2] = [Rule(50, 0, reach), Rule(50, 20, 40)]
    assert len(only(rows, columns).frames) == (4 if divided else 3)


def test_a_crooked_shape_is_cut_into_bands() -> None:
    rows, columns = ruled((0, 50, 100), (0, 20, 40))
    columns[1] = Rule(50, 0, 20)
    rows[1] = Rule(20, 0, 50)
    assert cells(only(rows, columns)) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 2)]


def test_outer_edges_that_are_not_drawn_are_supplied() -> None:
    rows = [Rule(y, 0, 100) for y in (0, 20, 40)]
    lattice = only(rows, [Rule(50, 0, 40)])
    assert (lattice.xs, len(lattice.frames)) == ((0, 50, 100), 4)
    columns = [Rule(x, 0, 60) for x in (0, 50, 100)]
    lattice = only([Rule(20, 0, 100), Rule(40, 0, 100)], columns)
    assert (lattice.ys, len(lattice.frames)) == ((0, 20, 40, 60), 6)


@pytest.mark.parametrize(("reach", "edges"), [(6.0, 3), (6.5, 5)])
def test_an_edge_is_missing_where_lines_reach_further_than_an_overshoot(reach: float, edges: int) -> None:
    rows = [Rule(y, -reach, 100 + reach) for y in (0, 20)]
    assert len(only(rows, [Rule(x, 0, 20) for x in (0, 50, 100)]).xs) == edges


def test_a_last_row_without_its_lower_line_ends_with_the_table() -> None:
    rows = [Rule(0, 0, 100), Rule(20, 0, 100), Rule(40, 0, 50)]
    columns = [Rule(x, 0, 40) for x in (0, 50, 100)]
    assert cells(only(rows, columns)) == [(0, 0, 1, 1), (0, 1, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1)]


def test_lines_that_overshoot_a_little_supply_no_edge() -> None:
    rows = [Rule(y, -6, 106) for y in (0, 20, 40)]
    columns = [Rule(x, -6, 46) for x in (0, 50, 100)]
    lattice = only(rows, columns)
    assert (lattice.xs, lattice.ys) == ((0, 50, 100), (0, 20, 40))


def test_a_lone_frame_and_an_underline_are_no_table() -> None:
    assert find_lattices(*ruled((0, 100), (0, 20))) == []
    assert find_lattices([Rule(10, 0, 100)], []) == []
    assert find_lattices([], [Rule(10, 0, 100)]) == []


def test_tables_come_from_top_to_bottom() -> None:
    low, high = ruled((0, 50, 100), (200, 220)), ruled((0, 50, 100), (0, 20))
    tops = [lattice.ys[0] for lattice in find_lattices([*low[0], *high[0]], [*low[1], *high[1]])]
    assert tops == [0, 200]


def test_tables_beside_each_other_come_from_left_to_right() -> None:
    right, left = ruled((200, 250, 300), (0, 20)), ruled((0, 50, 100), (0, 30))
    found = find_lattices([*right[0], *left[0]], [*right[1], *left[1]])
    assert [lattice.xs[0] for lattice in found] == [0, 200]


def test_shaded_cells_without_lines_make_a_lattice() -> None:
    shades = [(x, y, x + 50, y + 20) for y in (0.0, 20.0, 40.0) for x in (0.0, 50.0)]
    (lattice,) = find_shaded(shades)
    assert cells(lattice) == [(row, column, 1, 1) for row in range(3) for column in range(2)]
    assert find_shaded(shades[:5]) == []


def test_rows_shaded_as_a_whole_are_no_table() -> None:
    assert find_shaded([(0, 20.0 * row, 100, 20.0 * row + 20) for row in range(8)]) == []


def test_a_frame_knows_its_place_in_the_grid() -> None:
    assert only(*ruled((0, 50, 100), (0, 20))).frames[1] == Frame(0, 1, 1, 1, (50, 0, 100, 20))
