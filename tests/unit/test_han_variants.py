"""The table of Chinese variants is what the script makes of its sources."""

from __future__ import annotations

from pathlib import Path

from convenings.index.search_words import search_words
from tests.han_variants import FORMS_FIRST, FORMS_LAST, HEAD, ROOT, TABLE, table


def test_the_script_makes_the_table_of_dictionaries(tmp_path: Path) -> None:
    for file in (*FORMS_FIRST, *FORMS_LAST):
        (tmp_path / file).write_text("# made up\n", encoding="utf-8")
    (tmp_path / "TSCharacters.txt").write_text("# made up\n發\t发\n髮\t发\n於\t于 於\n邊\t边\n", encoding="utf-8")
    (tmp_path / "STCharacters.txt").write_text("于\t於 于\n", encoding="utf-8")
    (tmp_path / "JPShinjitaiCharacters.txt").write_text("辺\t邊\n発\t發\n", encoding="utf-8")
    unihan = tmp_path / "Unihan_Variants.txt"
    unihan.write_text("# made up\nU+9089\tkZVariant\tU+908A\nU+9089\tkSemanticVariant\tU+908A<kMatthews\n", "utf-8")
    assert table(tmp_path, unihan) == HEAD + "於于\n發发発\n邊边辺邉\n髮发\n"


def test_the_table_says_whence_it_is() -> None:
    text = TABLE.read_text(encoding="utf-8")
    assert text.startswith(HEAD)
    assert all((ROOT / "src" / "convenings" / "licences" / file).exists() for file in ("Apache-2.0.txt", "Unicode.txt"))
    lines = text.removeprefix(HEAD).splitlines()
    assert lines == sorted(set(lines))
    assert all(2 <= len(line) == len(set(line)) for line in lines)


def test_variants_go_one_way_and_back_but_not_on() -> None:
    spellings = {char: set(search_words(char)[0].words[0]) for char in "發发髮髪于於國国"}
    assert "发" in spellings["發"]
    assert {"發", "髮"} <= spellings["发"]
    assert "髮" not in spellings["發"]
    assert all(one in spellings[other] for one, others in spellings.items() for other in others if other in spellings)
