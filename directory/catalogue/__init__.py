"""What the public may see, and only that: opportunities, their rounds, places, sources and checks."""
