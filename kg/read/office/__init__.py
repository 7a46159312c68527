"""Files of office programs (Word, Excel) -> raw grids and lines, from their packages under limits."""
