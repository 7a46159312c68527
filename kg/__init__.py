"""Documents to graph: read, extract, resolve, audit, store."""
