"""What builds an index, in a process of its own where the dataset is large; nothing that answers imports it."""
