"""Runs in the builder, main thread.

Builds the index of a dataset; nothing that answers imports this room.

The *builder* is a child process where the dataset is large: :mod:`.process`, in the explorer, starts it, and
:mod:`.child` is its entry. Where the dataset is small, or there is no explorer, the builder is the process that opens
the index. Each file says in its first line where it runs; the *background thread* is where SQLite indexes words, copies
or commits while the main thread works out what comes next.

From a dataset to its index: :mod:`.publish` makes the files, :mod:`.pipeline` fills them phase by phase,
:mod:`.named_records` and :mod:`.row_order` give the first rows, :mod:`.search_terms` their words, and
:mod:`.complete` all that is left.
"""
