"""Other retrievers, run in an environment of their own: nothing here imports this project's packages."""
