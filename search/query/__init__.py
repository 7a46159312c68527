"""What a query means: understood, expanded, and made ready for the legs."""
