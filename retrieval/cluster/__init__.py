"""A library in OpenSearch: its documents, their loading, and what finding and reading ask of them."""
