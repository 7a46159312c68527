"""Sums: columns, rows, codes, lists and outlines against their totals; known parts against their whole."""
