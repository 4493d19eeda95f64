"""Search: terms, phrases, vectors, filters, and index generations that cannot be wrong silently."""
