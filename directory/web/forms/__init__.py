"""Forms: what a page may send, bound to what was typed."""
