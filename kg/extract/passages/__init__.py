"""The passages that are searched: prose and tables cut into one sentence, item, indicator or row each."""
