"""What checks are made of: a Check, tolerance, amounts put back into sheets, figures and lists of prose."""
