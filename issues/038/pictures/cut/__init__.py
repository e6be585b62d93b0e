"""The pictures of issue 38, cut from paper: sheets, scissors and glue in, JPEGs and a PDF out."""
