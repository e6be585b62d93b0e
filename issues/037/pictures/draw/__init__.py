"""The drawings of issue 37: linocuts, charts and advert artwork, drawn by program and the same on every run."""
