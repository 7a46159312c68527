"""Two prints of one thing compared: table with table, prose with table, change with levels, count with names."""
