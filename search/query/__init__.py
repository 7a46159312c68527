"""What a query means: understood, expanded, and made ready for the legs.

In: the text and filters of a request, an opened index. Out: a Plan of what each leg looks for, a Restriction to
the rows that may be found. Ranks nothing.
"""
