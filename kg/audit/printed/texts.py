"""Texts that stand in the wrong place: one project's words under another, another bureau's name left in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.audit.base import quoted
from kg.audit.base.check import ERROR, NOTICE, Check, text_place
from kg.audit.base.figures import Prose
from kg.audit.compared.changes import Stated
from kg.blocks import Document, Paragraph
from kg.messages import say
from kg.records import FindingPlace, ProjectRecord, TextItem
from kg.text.folding import compact
from kg.values.year import YEAR

LONG = 60
"""Characters from which a goal is so much its own project's that a copy of it elsewhere is an error."""
SHORT = 24
"""Characters below which texts are the same by chance: 保障单位正常运转."""
_COMMON = re.compile(r"项目|经费|工作|管理|专项|资金|支出|事务|费用|业务|购置|服务|建设|一般|其他|费$|\d+|年|[-～—]")
_SENTENCE = re.compile(r"[^。；;]+[。；;]?")
# Narrower than ORGAN_END: an accusation rests on it, and 院, 部 and 机关 end other words of a sentence too.
_ORGAN = re.compile(
    r"(?:^|[，,。；;：:、（(])(?:因此|故|且|而)?"
    r"(?P<name>(?:(?![是由向从为对和与及])[\u4e00-\u9fff]){0,8}?[省市区县州旗镇]"
    r"(?P<bureau>[\u4e00-\u9fff]{2,8}?(?:局|委|委员会|厅|办公室|中心)))"
    rf"{YEAR}年(?=[^，,。；;]{{0,24}}(?:(?:预算|决算)数|(?:预算|决算)(?:为|是|安排)))"
)


def check_repeated_goals(projects: Sequence[ProjectRecord]) -> Iterator[Check]:
    """Yield a finding for each pair of projects whose goals are word for word the same.

    An error where a long text speaks of the one by its name and not of the other; what several
    projects share may fit them all.
    """
    groups: dict[str, list[ProjectRecord]] = {}
    for project in projects:
        text = compact("".join(goal.text for goal in project.goals))
        if len(text) >= SHORT:
            groups.setdefault(text, []).append(project)
    for text, (first, *others) in groups.items():
        for project in (other for other in others if _is_other(first, other)):
            fits = [_speaks_of(text, one.name) for one in (first, project)]
            copied = len(text) >= LONG and len(others) == 1 and fits[0] != fits[1]
            yield Check(
                rule="text",
                kind="duplicate",
                table=project.source.place.table,
                outcome=ERROR if copied else NOTICE,
                places=(*_item_places(first.goals), *_item_places(project.goals)),
                message=say(
                    "audit.text.same_goals", project=first.name, other=project.name, text=text[: quoted.SENTENCE]
                ),
            )


def check_repeated_items(
    prose: Sequence[Prose], stated: Sequence[Stated], projects: Sequence[ProjectRecord]
) -> Iterator[Check]:
    """Yield a finding where two items of different size state the same change for the same reason.

    The repeated sentence must not state the level itself: then it is about one thing, said twice.
    """
    places = {figure: item for item in prose for figure in item.figures}
    seen: dict[str, Stated] = {}
    for change in stated:
        start, sentence = _sentence(places[change.change].paragraph, change.change.start)
        if not change.change.value or len(sentence) < SHORT or change.level.start >= start:
            continue
        first = seen.setdefault(sentence, change)
        if first.level.value == change.level.value:
            continue
        yield Check(
            rule="text",
            kind="duplicate",
            outcome=ERROR,
            places=(
                change.level.place,
                first.level.place,
                change.change.place,
                first.change.place,
                *_elsewhere(projects, change),
            ),
            message=say(
                "audit.text.repeated",
                item=change.level.label,
                other=first.level.label,
                text=sentence[: quoted.SENTENCE],
            ),
        )


def check_names(document: Document, owners: frozenset[str]) -> Iterator[Check]:
    """Yield a finding where figures are said of another bureau of the same rank, once and nowhere else."""
    own = [
        (paragraph, found) for paragraph in document.paragraphs for found in _ORGAN.finditer(compact(paragraph.text))
    ]
    ranks = Counter(found["bureau"] for _, found in own)
    last: Paragraph | None = None
    for paragraph, found in own:
        if any(name.endswith(found["bureau"]) for name in owners):
            last = paragraph
        elif ranks[found["bureau"]] == 1 and found["bureau"].endswith(("局", "委", "厅")) and owners:
            sample = last or _own_paragraph(document, owners)
            yield Check(
                rule="text",
                kind="text",
                outcome=ERROR,
                places=(
                    text_place(paragraph.place, found["name"]),
                    *([text_place(sample.place, sample.text[: quoted.SENTENCE])] if sample is not None else []),
                ),
                message=say("audit.text.other_owner", name=found["name"], text=found[0][: quoted.PHRASE]),
            )


def _is_other(one: ProjectRecord, other: ProjectRecord) -> bool:
    names = {compact(name) for name in (one.name, *one.aliases)}
    return one.kind == other.kind and not names & {compact(name) for name in (other.name, *other.aliases)}


def _speaks_of(text: str, name: str) -> bool:
    """Whether a text uses a word of a name: two letters in a row that aren't every project's."""
    bare = _COMMON.sub(" ", compact(name))
    return any(bare[at : at + 2] in text for at in range(len(bare) - 1) if " " not in bare[at : at + 2])


def _item_places(items: Sequence[TextItem]) -> Iterator[FindingPlace]:
    for item in items:
        if item.source is not None:
            yield text_place(item.source.place, item.text[: quoted.ITEM])


def _sentence(paragraph: Paragraph, position: int) -> tuple[int, str]:
    """Return where the sentence around `position` begins, and its text."""
    for found in _SENTENCE.finditer(paragraph.text):
        if found.start() <= position < found.end():
            return found.start(), compact(found[0])
    return 0, ""


def _elsewhere(projects: Sequence[ProjectRecord], change: Stated) -> Iterator[FindingPlace]:
    """Yield what other places say of the project that got the wrong words."""
    line = change.level.place.place.line
    for project in projects:
        if compact(project.name) not in compact(change.level.label):
            continue
        for item in (*project.content, *project.goals):
            if item.source is not None and (item.line is None or line is None or abs(item.line - line) > 2):
                yield text_place(item.source.place, item.text[: quoted.ITEM])


def _own_paragraph(document: Document, owners: frozenset[str]) -> Paragraph | None:
    return next((p for p in document.paragraphs if any(name in compact(p.text) for name in owners)), None)
