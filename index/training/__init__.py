"""Training of the built-in embedding model: ``python -m index.training --help``.

Needs torch and the training data, neither of which the product needs to run.
"""
