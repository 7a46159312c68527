"""Links between documents: one node for what several documents call differently."""
