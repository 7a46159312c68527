"""Pages people read: home, search, documents, entities, the SPARQL console."""
