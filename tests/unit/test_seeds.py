"""Small seeds are spread, exact ones are not touched."""

from localm.seeds import EXACT_FROM, spread_seed


def test_small_seeds_differ_in_their_first_draw() -> None:
    spread = [spread_seed(seed) for seed in range(-50, 1000)]
    assert len(set(spread)) == len(spread)
    highest_bits = [value >> 28 for value in spread]
    assert all(40 <= highest_bits.count(part) <= 95 for part in range(16))


def test_seeds_stay_in_32_bits_and_are_stable() -> None:
    assert all(0 <= spread_seed(seed) < 2**32 for seed in (-(2**53), -1, 0, 1, 65_535))
    assert spread_seed(1) == spread_seed(1)


def test_large_seeds_are_passed_on_as_they_are() -> None:
    for seed in (EXACT_FROM, EXACT_FROM + 1, 2**32, 2**53 - 1):
        assert spread_seed(seed) == seed
