"""The pages and the API: read input, call one action or query, show the result."""
