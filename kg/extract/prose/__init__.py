"""Numbers in prose: quantities, the clause they stand in, the metric they measure, the change they state."""
