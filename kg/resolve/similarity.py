"""How alike two projects are: names and texts, weighed by how rare their words are in one department."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable

from kg.ids import fold_name

# Words that a project's name gains or loses from year to year without meaning anything else.
_ENDING = re.compile(r"(?:专项|项目|工作)?(?:经费|费用|费|项目|支出|资金)$")
_MARKS = re.compile(r"[★☆*※]|[()（）\[\]【】]|[、，,·\-—]|与|及|和|的")


def core_name(name: str) -> str:
    """Return a project's name without marks, joining words and the ending that says it is money.

    >>> core_name("★信访信息化运行维护费"), core_name("信息系统运行与维护"), core_name("学习培训")
    ('信访信息化运行维护', '信息系统运行维护', '学习培训')
    """
    bare = _MARKS.sub("", fold_name(name))
    return _ENDING.sub("", bare) or bare


def grams(text: str) -> Counter[str]:
    """Return the character pairs of a text, punctuation and digits left out."""
    bare = "".join(re.findall(r"[\u4e00-\u9fffA-Za-z]", text))
    return Counter(bare[at : at + 2] for at in range(len(bare) - 1)) or Counter([bare] if bare else [])


class Weights:
    """How telling each character pair is: one that most texts hold tells little."""

    def __init__(self, texts: Iterable[str]) -> None:
        counted = [set(grams(text)) for text in texts]
        self._total = len(counted)
        self._holding = Counter(gram for held in counted for gram in held)

    def of(self, gram: str) -> float:
        """Return the log of texts over texts that hold the pair, plus a floor: no pair counts for nothing."""
        return math.log((1 + self._total) / (1 + self._holding[gram])) + 0.2

    def likeness(self, left: str, right: str) -> float:
        """Return the cosine of two texts' weighed pairs, 0 to 1."""
        first, second = grams(left), grams(right)
        inner = sum(first[gram] * second[gram] * self.of(gram) ** 2 for gram in first.keys() & second.keys())
        norms = self._norm(first) * self._norm(second)
        return inner / norms if norms else 0.0

    def _norm(self, counted: Counter[str]) -> float:
        return math.sqrt(sum((count * self.of(gram)) ** 2 for gram, count in counted.items()))


def shared_order(left: str, right: str) -> float:
    """Return 2 × the longest common subsequence over both lengths: 1 for equal, 0 for nothing in common.

    >>> round(shared_order("信访信息化运行维护", "信息系统运行维护"), 2)
    0.71
    """
    if not left or not right:
        return 0.0
    row = [0] * (len(right) + 1)
    for character in left:
        before = 0
        for at, other in enumerate(right, start=1):
            above = row[at]
            row[at] = before + 1 if character == other else max(above, row[at - 1])
            before = above
    return 2 * row[-1] / (len(left) + len(right))
