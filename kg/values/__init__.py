"""Kinds of values, one module each: how one is parsed, validated, compared, serialised and shown.

In: printed text. Out: typed values. Knows nothing of where they are read or stored.
"""
