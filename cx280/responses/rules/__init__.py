"""What decides about answers: whether they fit the question, what must be taken out of them."""
