"""The index of a generation: built from the graph, opened for reading; lexical, dense and learned-sparse legs."""
