"""The questions of each step: a new question is one entry there."""
