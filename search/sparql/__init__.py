"""Search inside SPARQL (`SERVICE bud:search`, `bud:similarity`), and SPARQL inside a search (`where=`)."""
