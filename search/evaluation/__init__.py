"""Measure retrieval on judged queries.

In: judged queries and a home. Out: figures. Nothing else in the project knows a judged query.
"""
