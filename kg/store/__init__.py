"""Graphs on disk and the generations that publish them: one folder each, whose layout is kg.store.layout's.

In: quads. Out: a graph that answers our own queries, a manifest, an export. Knows neither documents nor search.
"""
