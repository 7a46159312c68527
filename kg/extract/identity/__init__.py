"""Whose document it is: title, kind, department with its other spellings, region, budget units, year, money.

In: the document's blocks. Out: kg.extract.context.Identity. Looks at no amount.
"""
