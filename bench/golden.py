"""Write the facts of the five documents that tests/golden compares with: `python -m bench.golden`.

Look at the difference before committing it: each changed line is a fact that is read otherwise.
"""

from __future__ import annotations

from kg.settings import Settings
from suyuan.pipeline import extract_file
from tests.golden.facts import FOLDER, facts_of
from tests.shared import DOCUMENTS


def main() -> int:
    """Write one file a document and say how many facts it has."""
    FOLDER.mkdir(exist_ok=True)
    for path in sorted(DOCUMENTS.glob("*.txt")):
        facts = facts_of(extract_file(path, Settings()))
        (FOLDER / f"{path.stem}.tsv").write_text("\n".join(facts) + "\n", "utf-8")
        print(f"{path.name}: {len(facts)} facts")
    return 0


if __name__ == "__main__":
    main()
