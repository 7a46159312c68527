"""Text before it means anything: folding of width and blanks, numerals, patterns that are named once.

In: text as printed. Out: text, numbers and spans into the printed text. Knows no document, no table and no record.
"""
