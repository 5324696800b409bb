"""People who can sign in, what each may do, and the record of what they did."""
