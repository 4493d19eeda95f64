"""From files to the corpus: readers, layouts, and who a document belongs to."""
