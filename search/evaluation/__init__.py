"""Measure retrieval on judged queries."""
