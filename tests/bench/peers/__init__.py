"""magbuild side by side with other ways to make the same pages: `python -m tests.bench.peers`."""
