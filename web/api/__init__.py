"""What programs ask: JSON, SPARQL, RDF, health and figures of the server."""
