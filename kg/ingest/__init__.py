"""Parts of the ingest that are no stage: which files, what is known of them, what became of them."""
