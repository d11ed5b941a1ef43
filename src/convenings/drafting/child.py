"""Runs in a process of its own, which reads and drafts one report within limits of memory and time.

Standard input is a :class:`~convenings.drafting.reading.ReportJob`; what it says, and how, stands in
:mod:`convenings.interchange.serving`.
"""

from __future__ import annotations

import sys

from convenings.drafting.reading import answer
from convenings.interchange.serving import serve

if __name__ == "__main__":
    serve(sys.argv[1:], answer)
