"""The domain of municipal plans and the store that keeps them."""
