"""An organisation's own page: fetched where that is safe and welcome, and read for what it says."""
