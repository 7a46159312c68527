"""Whatever has coordinates: glyphs and ruling lines of a page -> raw grids and lines.

Serves PDF pages, scans and positioned web pages alike; knows none of them.
"""
