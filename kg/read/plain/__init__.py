"""Plain text -> raw grids and lines: encodings, and the ways texts print tables."""
