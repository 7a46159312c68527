"""From candidates of the legs to hits: fused, ordered, folded, explained; what is related."""
