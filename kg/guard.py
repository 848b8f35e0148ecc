"""Around every request of `kg serve`: who may ask, what every answer carries, one line in the log."""
