"""``convenings --print-completion``: completion for a shell, made from the parser.

What is in the dataset (ids, and the values of keys) is asked for while somebody types, see
:mod:`~convenings.cli.offers`; all else is in the script.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import shtab

from convenings.cli.common import OK
from convenings.cli.offers import OFFERS
from convenings.cli.parser import commands_parser

PREAMBLES = {
    # What records say goes through no expansion of the shell, as it would with the option -W of compgen.
    "bash": """\
_convenings_offer() {
  "${COMP_WORDS[0]}" --complete "$1" "$2" "${COMP_WORDS[@]}" 2>/dev/null
}
"""
    + "".join(f'_convenings_{what}() {{ _convenings_offer {what} "$1"; }}\n' for what in OFFERS)
    + """
# Readline breaks words at colons, which stand between a key and its value: the words are put together before they are
# completed, and what stands before the last colon is taken off what is offered.
_convenings() {
  local -a joined=()
  local word at=-1 before=""
  for ((word = 0; word <= COMP_CWORD; word++)); do
    if [[ $at -ge 0 && ${COMP_LINE:0:COMP_POINT} == *"${joined[at]}${COMP_WORDS[word]}"* &&
          (${COMP_WORDS[word]} == :* || ${joined[at]} == *:) ]]; then
      joined[at]+=${COMP_WORDS[word]}
    else
      at=$((at + 1))
      joined[at]=${COMP_WORDS[word]}
    fi
  done
  local -a COMP_WORDS=("${joined[@]}")
  local COMP_CWORD=$at
  _shtab_convenings
  word=${COMP_WORDS[COMP_CWORD]}
  if [[ $word == *:* && $COMP_WORDBREAKS == *:* && $word != [\\"\\']* ]]; then
    before=${word%"${word##*:}"}
  fi
  local open=${#COMPREPLY[@]}
  for at in "${!COMPREPLY[@]}"; do
    [[ ${COMPREPLY[at]} == *[:/] ]] && open=$((open - 1))
    COMPREPLY[at]=${COMPREPLY[at]#"$before"}
  done
  if [[ ${#COMPREPLY[@]} -gt 0 && $open -eq 0 ]]; then
    compopt -o nospace 2>/dev/null || :
  fi
}
""",
    "zsh": """\
_convenings_offer() {
  local -a offers open
  offers=(${(f)"$(convenings --complete $1 "$PREFIX" ${(Q)${(z)BUFFER}} 2>/dev/null)"})
  open=(${(M)offers:#*[:/]})
  offers=(${offers:#*[:/]})
  (( $#open )) && compadd -S '' -a open
  (( $#offers )) && compadd -a offers
}
""",
}
"""Shell to the functions that ask for what is in the dataset."""

CANDIDATES = {
    "bash": "_convenings_{}",
    # Behind a blank the words of an action are run as they stand, without options put between them.
    "zsh": " _convenings_offer {}",
    "fish": "(convenings --complete {} (commandline -ct) (commandline -opc) 2>/dev/null)",
}
"""Shell to how it asks for one of :data:`~convenings.cli.offers.OFFERS`."""


def print_completion(shell: str, themes: Sequence[str]) -> int:
    """Print what completes commands, options, kinds, themes, files and what is in the dataset in a shell."""
    parser = commands_parser(themes=themes)
    for each in (parser, *parser.commands.values()):
        for argument in each.arguments:
            # shtab reads an attribute that argparse does not know.
            action: Any = argument.action
            if action.type is Path:
                action.complete = shtab.FILE
            elif argument.offers:
                action.complete = {name: form.format(argument.offers) for name, form in CANDIDATES.items()}
            elif argument.values:
                action.choices = list(argument.values)
    script = shtab.complete(parser, shell, preamble=PREAMBLES.get(shell, ""))
    # Where no command fits, a DATASET is being named.
    print(
        script.replace(
            "complete -o bashdefault -F _shtab_convenings", "complete -o bashdefault -o default -F _convenings"
        )
    )
    return OK
