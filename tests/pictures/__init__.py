"""Pictures of every state that a person can see, for whoever judges how it looks.

`make screenshots` writes them to `test-results/pictures/`, with one page that shows them all, and
puts the README's into `docs/screenshots/`.
"""
