"""A private chat: language models that run in the browser, driven by Python."""
