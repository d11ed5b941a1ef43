"""The read model: a disposable SQLite index of a dataset, asked by panes, search and command line.

The dataset is the truth and the index is derived from it: deleting the index loses nothing. Rows are numbered so that
the records of one pane are one range in the order in which they are shown, which makes a pane over everything a
``range`` and not a list.
"""
