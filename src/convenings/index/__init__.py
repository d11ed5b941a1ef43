"""The read model: a disposable SQLite index of a dataset, asked by panes, search and command line.

The dataset is the truth and the index is derived from it: deleting the index loses nothing. Rows are numbered so that
the records of one pane are one range in the order in which they are shown, which makes a pane over everything a
``range`` and not a list.

Built in this order: :mod:`~convenings.index.first` puts the rows of the panes in place, read from their tables alone;
:mod:`~convenings.index.contents` reads every record once and numbers it by :mod:`~convenings.index.order`;
:mod:`~convenings.index.whole` writes what :mod:`~convenings.index.describe` says of each, and what
:mod:`~convenings.index.ties` and :mod:`~convenings.index.lists` find to relate them. :mod:`~convenings.index.build`
makes files of that, and :mod:`~convenings.index.background` does it in a process of its own.

Asked through :mod:`~convenings.index.model` (rows, ties, records), :mod:`~convenings.index.search`,
:mod:`~convenings.index.filter` and :mod:`~convenings.index.profile`. All SQL stands in :mod:`~convenings.index.sql`.
"""
