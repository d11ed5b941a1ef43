"""Files: the dataset, its check, the user's own file and attached sources. The only importer of TinyDB."""
