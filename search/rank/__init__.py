"""From candidates of the legs to hits: fused, ordered, folded, explained; what is related.

In: a Plan, a Restriction, an opened index. Out: hits with their reasons and places. Knows no parameter.
"""
