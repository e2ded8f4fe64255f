"""BM25 over memory-mapped postings: segments of articles over one vocabulary, and how they are kept."""
