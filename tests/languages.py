"""Makes the table of languages from its source: ``python -m tests.languages ISO-639-2_utf-8.txt``.

The file is that of the Library of Congress, the registration authority of ISO 639-2.
"""

from __future__ import annotations

import sys
from pathlib import Path

TABLE = Path(__file__).parents[1] / "src" / "convenings" / "presentation" / "languages.txt"
HEAD = """\
# Codes of languages, and what English calls these. Made by tests/languages.py from ISO-639-2_utf-8.txt of the Library
# of Congress (https://www.loc.gov/standards/iso639-2/), which is in the public domain: what has a code of two letters.
"""


def table(source: str) -> str:
    """The table, as the package holds it: of several English names the first, without brackets and turned commas."""
    languages: dict[str, str] = {}
    for line in source.splitlines():
        _, _, code, names, _ = line.lstrip("\ufeff").split("|")
        name = names.partition(";")[0].partition(" (")[0]
        if code:
            languages.setdefault(code, " ".join(reversed(name.split(", "))))
    return HEAD + "".join(f"{code} {languages[code]}\n" for code in sorted(languages))


if __name__ == "__main__":
    TABLE.write_text(table(Path(sys.argv[1]).read_text(encoding="utf-8")), encoding="utf-8")
