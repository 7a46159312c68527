"""Legal and policy documents cited: numbers, titles and issuers found, composed, and given their place."""
