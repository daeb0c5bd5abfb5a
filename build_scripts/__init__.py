"""What turns the sources into the site that `localm serve` serves."""
