"""The read model: a disposable SQLite index of a dataset, asked by panes, search and command line.

The dataset is the truth and the index is derived from it: deleting the index loses nothing. Rows are numbered so that
the records of one pane are one range in the order in which they are shown, which makes a pane over everything a
``range`` and not a list.

Three rooms. What *builds* an index stands in :mod:`~convenings.index.build`; each file there says first in which
process or thread it runs. What is *SQLite's* stands in :mod:`~convenings.index.sqlite`. What *answers* stands here:
:mod:`~convenings.index.model` (rows, relations, records), :mod:`~convenings.index.evaluate` (what a query selects) and
:mod:`~convenings.index.search`. Only :mod:`~convenings.index.open` knows both: it opens what is built, or has it built.
"""
