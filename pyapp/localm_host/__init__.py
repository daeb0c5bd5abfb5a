"""The command `localm`: it serves the built site from the user's own computer."""
