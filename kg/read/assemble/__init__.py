"""Raw grids and lines of any format -> Paragraph and Table blocks, in reading order.

The one assembly all readers end in: captions, headers, merged cells, tables torn by page breaks. Knows no format.
"""
