"""A library for others' programs: the same operations as JSON over HTTP and as tools of an MCP server."""
