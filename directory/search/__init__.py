"""Which opportunities answer a question, in what order, and the counts beside them."""
