"""Performance indicators of forms and self-evaluations, plain, packed or slipped, with their owners."""
