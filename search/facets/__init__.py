"""Facets and filters: which passages have which value, and which rows a filter leaves."""
