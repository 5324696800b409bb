"""Room: what advisers recommend: lists of pins with notes, and a rule that keeps itself current."""
