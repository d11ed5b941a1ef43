"""The read model: a disposable SQLite index of a dataset, asked by panes, search and command line.

The dataset is the truth and the index is derived from it: deleting the index loses nothing. Rows are numbered so that
the records of one pane are one range in the order in which they are shown, which makes a pane over everything a
``range`` and not a list.

Built by :mod:`~convenings.index.fill` in the order in which people can make use of it. Everything with a name is read
first, by :mod:`~convenings.index.directory`, and numbered: its rows can be shown, and once
:mod:`~convenings.index.names` has written what it is found by, searched. Then :mod:`~convenings.index.contents` reads
every record once, and :mod:`~convenings.index.whole` writes what :mod:`~convenings.index.describe` says of each, and
what :mod:`~convenings.index.ties` and :mod:`~convenings.index.lists` find to relate them.
:mod:`~convenings.index.build` makes a file of that, and copies of it on the way, in a process of its own where the
dataset is large: ``python -m convenings.index``, which :mod:`~convenings.index.background` starts.

Asked through :mod:`~convenings.index.model` (rows, ties, records), :mod:`~convenings.index.search`,
:mod:`~convenings.index.filter` and :mod:`~convenings.index.profile`. All SQL stands in :mod:`~convenings.index.sql`.
"""
