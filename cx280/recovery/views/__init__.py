"""Pages of who wants to be contacted: for the public, and for who contacts them."""
