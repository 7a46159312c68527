"""Raw grids and lines of any format -> Paragraph and Table blocks, in reading order.

The one assembly all readers end in: captions, headers and bands, merged cells, torn tables. Knows no format.
"""
