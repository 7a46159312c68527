"""How much a sign speaks for or against a reading of a row's cells: four steps, no figure tuned to a form.

Each step outweighs one of the step below it: a hint decides between readings that are otherwise equal,
what is impossible outweighs whatever else a cell shows.
"""

HINT, LIKELY, SURE, IMPOSSIBLE = 0.5, 1.0, 2.0, 4.0
"""Weights of what speaks for a reading of a row or against it: one SURE outweighs any three hints, IMPOSSIBLE
everything else."""
