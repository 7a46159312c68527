"""Pages of evidence: traces, findings, and the source with its printed cell marked."""
