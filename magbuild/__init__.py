"""magbuild: one folder per issue in, a print PDF, a screen PDF and an EPUB out."""

__version__ = "0.1.0"
