"""The engines: one file each, and the contract that they share."""
