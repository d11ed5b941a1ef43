"""Ids for records that have none yet, for names in any script."""

from __future__ import annotations

import re
from hashlib import sha256

from convenings.domain.text import fold

LONGEST = 60
"""Letters of a slug at most."""
_OTHER = re.compile(r"[^a-z0-9]+")


def slug(label: str) -> str:
    """Small letters a to z, digits and single hyphens made of a label; never empty.

    A label without a letter that can be written so (Chinese, Cyrillic, emoji) gives a hash of it, the same each time.
    """
    letters = _OTHER.sub("-", fold(label)).strip("-")
    if not letters:
        return f"u{sha256(label.encode('utf-8', 'replace')).hexdigest()[:12]}"
    return letters[:LONGEST].rstrip("-")
