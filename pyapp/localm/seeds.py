"""Spreads small seeds, since WebLLM's generator gives the same first token for all of them."""

EXACT_FROM = 1 << 16  # seeds from here on are passed on as they are, so that a caller can set them
_MASK = (1 << 32) - 1


def spread_seed(seed: int) -> int:
    """A seed below 2**16 becomes a 32-bit one, by one step of splitmix32; others stay as they are.

    WebLLM starts a linear congruential generator with the seed itself, so the first draws for the
    seeds 1, 2, 3 lie too close together to choose different tokens. The constants are splitmix32's:
    https://github.com/bryc/code/blob/master/jshash/PRNGs.md#splitmix32
    """
    if seed >= EXACT_FROM:
        return seed
    x = (seed + 0x9E3779B9) & _MASK
    x = ((x ^ (x >> 16)) * 0x21F0AAAD) & _MASK
    x = ((x ^ (x >> 15)) * 0x735A2D97) & _MASK
    return x ^ (x >> 15)
