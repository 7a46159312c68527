"""Implementations of the runner seam (kg.run): in this process, or over processes that may die."""
