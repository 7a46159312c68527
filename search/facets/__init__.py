"""What a search can be narrowed by: the facets, one row each, and the columns the index keeps of them.

In: what the graph says of each passage (Facts). Out: which rows have which value. Who asks, in a parameter, a query's
words, SPARQL or a link of a page, is not known here.
"""
