"""The embedded model "Guide": from text files to the builds that the two engines load."""
