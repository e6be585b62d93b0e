"""The editions: each finishes one file of the issue and knows nothing of the others."""
