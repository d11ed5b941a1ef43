"""What the review calls its parts and the states of its records; apart, as what paints them needs no more of it."""

from __future__ import annotations

DIGEST = "digest"
"""The field of a paragraph that lacks one, and what stands for its kind."""
TO_BE_WORDED = "to be worded"
STATES = {"accepted": "accepted", "rejected": "rejected", "later": "later", "wording": TO_BE_WORDED}
"""State of a record that was decided on to what it is called."""
