"""What ``./run benchmark search`` is made of: a catalogue, questions, measures and the tables that show them."""
