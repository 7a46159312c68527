"""Read what an evaluation came to: 综合得分92.5分，评级为“优”.

In: the stretches that tell of results. Out: the score and grade first stated of the whole, with their place.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.extract.places import source_of_paragraph
from kg.extract.projects.evaluation.spans import Span
from kg.records import Evaluation

_SCORE = re.compile(
    r"(?P<whole>综合|最终|最后|总体|总|自评|评价|项目)?(?:绩效)?(?:评价)?(?:得分|评分|总分|分值|评价为|得)(?:结果)?[为是：:]?\s*"
    r"(?P<score>\d{1,3}(?:\.\d+)?)\s*分"
)
_GRADE = re.compile(
    r"(?:评级|等级|级别|档次|评定|评价结果|评价结论|结果|结论|属于|评为)(?:评定|结果)?(?:为|是|：|:|属于|属)*\s*[“\"「『]?\s*"
    r"(?P<grade>优秀|良好|中等|一般|较好|较差|合格|不合格|基本合格|优|良|中|差|[ABCD](?![a-zA-Z]))(?![\u4e00-\u9fff]*级指标)[”\"」』]?"
)
_OF_INDICATOR = re.compile("指标|满分|权重|分值")
"""A score in a clause with these is of one indicator."""


def find_evaluation(spans: list[Span]) -> Evaluation | None:
    """Return the evaluation that the stretches state, None where they state neither score nor grade."""
    for span in spans:
        text = span.paragraph.text[span.start : span.end]
        score = next((m for m in _SCORE.finditer(text) if not _is_of_indicator(text, m)), None)
        grade = _GRADE.search(text)
        found = [match for match in (score, grade) if match is not None]
        if not found or (score is None and span.paragraph.level):
            continue
        start, end = min(match.start() for match in found), max(match.end() for match in found)
        return Evaluation(
            score=Decimal(score["score"]) if score is not None else None,
            grade=grade["grade"] if grade is not None else None,
            source=source_of_paragraph(span.paragraph, span.start + start, span.start + end),
        )
    return None


def _is_of_indicator(text: str, score: re.Match[str]) -> bool:
    if score["whole"] in ("综合", "最终", "最后", "总体", "总"):
        return False
    clause = re.split("[。；;]", text[: score.start()])[-1]
    return _OF_INDICATOR.search(clause) is not None
