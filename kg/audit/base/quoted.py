"""How much of a printed text a finding quotes: enough to know it again, little enough to read a list of findings."""

from __future__ import annotations

NAME = 24
"""Characters of the name of a row within a sentence."""
PHRASE = 30
"""Of a phrase within a sentence."""
SENTENCE = 40
"""Of a sentence or paragraph, in a message or as a place."""
ITEM = 60
"""Of an item or heading as a place, or of a list of names."""
CELL = 80
"""Of a cell or a list as a place: most cells are whole in it."""
