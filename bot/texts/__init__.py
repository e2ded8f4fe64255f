"""All that a user reads, a folder of templates for each language, and what renders them."""
