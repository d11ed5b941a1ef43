"""Tables of events, people or bodies in files of any kind: cells, what each column means, records of the rows."""
