"""Whether an error is proved: every check that would accuse goes through here before it becomes a finding.

    gate.py       the errors of sums: proved, or a notice that says what could not be decided
    crossings.py  one cell refuted twice by the same difference: a misprint, whatever its table means
    spans.py      the printed lines between a total and its parts: left out, counted twice, or all there
    withheld.py   notes that say lines are not published
    spoken.py     the errors of prose: misprints, figures refuted twice; else a notice
    slips.py      whether one figure is another one misprinted
    sure.py       whether the cells were surely read

An accusation needs two things: that the reading is sure, and a witness that does not hang on the meaning of rows
and columns which the sum itself takes for granted.
"""
