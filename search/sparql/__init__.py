"""Search inside SPARQL (`SERVICE bud:search`, `bud:similarity`), and SPARQL inside a search (`where=`).

In: the tokens of a query and the generation it runs on. Out: tokens with the hits in place of the blocks. Runs
no query.
"""
