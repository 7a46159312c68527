"""The index of a generation: built from the graph, opened for reading, proved to agree with it.

In: a graph, an embedder. Out: a folder of files (layout.py), and over it passages, names, columns of facets and the
lexical, dense and learned-sparse legs. Knows no query.
"""
