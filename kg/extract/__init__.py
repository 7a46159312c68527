"""Blocks to records: `kg.extract.run.extract_records` runs every extractor over one document, in a fixed order.

In: a Document (kg.blocks). Out: typed records (kg.records), each with its place, and issues for what was not
understood. context.py holds what extractors are given, places.py says where a piece of a document stands,
items.py cuts texts at the item marks they print. Knows no format, no graph and no other document.
"""
