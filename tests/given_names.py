"""Makes the tables of given and family names from their sources: ``python -m tests.given_names FOLDER FOLDER``.

The first folder is a copy of the "Popular Names by Country Dataset" (sigpwned, CC0), of popular names of some hundred
countries; the second holds the names of the United States Social Security Administration (public domain), a file
``yob1960.txt`` a year, of which those that were given most from 1930 to 2005 are taken.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

from convenings.domain.text import fold

TABLES = Path(__file__).parents[1] / "src" / "convenings" / "drafting"
MOST = 3500
"""American names that are taken."""
HEAD = """\
# {what}, folded, one a line. Made by tests/given_names.py from the Popular Names by Country Dataset (CC0){more}.
"""


def popular(file: Path) -> set[str]:
    """Folded names of a file of the first source, in Latin letters, word by word."""
    with file.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    cells = (row[name] for row in rows for name in ("Localized Name", "Romanized Name"))
    words = (word for cell in cells for word in re.split(r"[\s/,()]+", fold(cell or "")))
    return {word for word in words if re.fullmatch(r"[a-z][a-z'-]+", word)}


def american(folder: Path) -> set[str]:
    """Folded names of the second source."""
    counts: Counter[str] = Counter()
    for file in folder.glob("yob*.txt"):
        if 1930 <= int(file.stem[3:]) <= 2005:
            text = file.read_text(encoding="utf-8")
            counts.update({name: int(number) for name, number in re.findall(r"(\w+),[FM],(\d+)", text)})
    return {fold(name) for name, _ in counts.most_common(MOST)}


if __name__ == "__main__":
    first, second = map(Path, sys.argv[1:])
    given = popular(first / "common-forenames-by-country.csv") | american(second)
    family = popular(first / "common-surnames-by-country.csv")
    for name, words, more in (
        ("given_names.txt", given, ",\n# and from the names of the US Social Security Administration"),
        ("family_names.txt", family, ""),
    ):
        what = name.removesuffix(".txt").replace("_", " ").capitalize()
        text = HEAD.format(what=what, more=more) + "".join(f"{word}\n" for word in sorted(words))
        (TABLES / name).write_text(text, encoding="utf-8")
