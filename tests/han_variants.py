"""Makes the table of Chinese variants from its sources: ``python -m tests.han_variants DICTIONARIES UNIHAN``.

DICTIONARIES is the folder ``data/dictionary`` of OpenCC, UNIHAN the file ``Unihan_Variants.txt`` of Unicode.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "src" / "convenings" / "index" / "han_variants.txt"
HEAD = """\
# Characters and their variants: first the character, then those written for it elsewhere or today.
# Made by tests/han_variants.py, which changes the form of the data and nothing else, from
# - OpenCC 5249273a3e56 (https://github.com/BYVoid/OpenCC): TSCharacters, STCharacters, JPShinjitaiCharacters,
#   TWVariants, HKVariants. Apache-2.0, see src/convenings/licences/Apache-2.0.txt.
# - Unihan 10.0.0 (https://www.unicode.org/Public/10.0.0/ucd/): kZVariant. Copyright 1991-2017 Unicode, Inc.,
#   see src/convenings/licences/Unicode.txt.
"""
FORMS_FIRST = ("STCharacters.txt", "JPShinjitaiCharacters.txt")
"""Dictionaries that give the character of a form; all others give the forms of a character."""
FORMS_LAST = ("TSCharacters.txt", "TWVariants.txt", "HKVariants.txt")


def entries(dictionary: Path) -> Iterator[tuple[str, list[str]]]:
    """Each character of a dictionary of OpenCC, and what stands beside it."""
    for line in dictionary.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            character, others = line.split("\t")[:2]
            yield character, others.split()


def table(dictionaries: Path, unihan: Path) -> str:
    """The table, as the package holds it."""
    forms: dict[str, set[str]] = defaultdict(set)
    for file in FORMS_LAST:
        for character, others in entries(dictionaries / file):
            forms[character].update(others)
    for file in FORMS_FIRST:
        for form, characters in entries(dictionaries / file):
            for character in characters:
                forms[character].add(form)
    for line in unihan.read_text(encoding="utf-8").splitlines():
        if match := re.match(r"U\+(\w+)\tkZVariant\t(.*)", line):
            for code in re.findall(r"U\+(\w+)", match[2]):
                forms[chr(int(code, 16))].add(chr(int(match[1], 16)))
    # What Unicode holds to be one character is folded into one.
    one: dict[str, set[str]] = defaultdict(set)
    for character, its_forms in forms.items():
        one[normalize("NFKD", character)].update(normalize("NFKD", form) for form in its_forms)
    lines = (character + "".join(sorted(one[character] - {character})) for character in sorted(one))
    return HEAD + "".join(f"{line}\n" for line in lines if len(line) > 1)


if __name__ == "__main__":
    TABLE.write_text(table(Path(sys.argv[1]), Path(sys.argv[2])), encoding="utf-8")
