"""The ground floor: nothing here knows our subject."""
