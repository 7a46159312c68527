"""Embeddings: the embedder seam, the models behind it, and vectors kept on disk.

In: texts. Out: vectors. Knows no index.
"""
