"""Questions and cited answers over a library."""
