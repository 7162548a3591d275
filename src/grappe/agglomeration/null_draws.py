"""Draws of sites at random, the same on every machine and for any number of threads.

Each draw has a number of its own, from which its chance follows: the tenth draw is the same whether or not
nine others were made before it.
"""

import hashlib

import numpy as np
from numpy.typing import NDArray

from grappe.agglomeration.compiled import compiled

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)
_S11, _S27, _S30, _S31 = np.uint64(11), np.uint64(27), np.uint64(30), np.uint64(31)
_UNIT = 1.0 / 9007199254740992.0
_SPREAD = 2654435761
"""Knuth's multiplier (The Art of Computer Programming 3, section 6.4): neighbours get slots far apart."""


def key_of(seed: int, name: str) -> np.uint64:
    """Key of the draws of one industry: of the seed and its name, whatever else is in the register."""
    digest = hashlib.blake2b(f"{seed}:{name}".encode(), digest_size=8).digest()
    return np.uint64(int.from_bytes(digest, "little"))


@compiled()
def mixed(state: np.uint64) -> np.uint64:
    """The output function of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014)."""
    z = (state ^ (state >> _S30)) * _MIX_1
    z = (z ^ (z >> _S27)) * _MIX_2
    return z ^ (z >> _S31)


@compiled()
def start_of(key: np.uint64, draw: int) -> np.uint64:
    """State of the generator at the beginning of a draw."""
    return mixed(key + mixed(np.uint64(draw) * _GOLDEN + _GOLDEN))


@compiled()
def draw_sites(sites: int, n: int, state: np.uint64, chosen: NDArray[np.int32]) -> None:
    """Write `n` different numbers below `sites`, drawn at random and in random order, into `chosen`."""
    if 2 * n > sites:
        _shuffle(sites, n, state, chosen)
        return
    # Few of many: a number drawn before is drawn again. A table of those seen is cheaper than one of all.
    bits = 2
    while (1 << bits) < 4 * n:
        bits += 1
    seen = np.zeros(1 << bits, np.int32)
    mask = (1 << bits) - 1
    done = 0
    while done < n:
        state = state + _GOLDEN
        site = int((mixed(state) >> _S11) * _UNIT * sites)
        slot = (site * _SPREAD) & mask
        while seen[slot] != 0 and seen[slot] != site + 1:
            slot = (slot + 1) & mask
        if seen[slot] == 0:
            seen[slot] = site + 1
            chosen[done] = site
            done += 1


@compiled()
def _shuffle(sites: int, n: int, state: np.uint64, chosen: NDArray[np.int32]) -> None:
    """The first `n` of a random order of all (Fisher and Yates)."""
    order = np.empty(sites, np.int32)
    for i in range(sites):
        order[i] = i
    for i in range(n):
        state = state + _GOLDEN
        j = i + int((mixed(state) >> _S11) * _UNIT * (sites - i))
        chosen[i] = order[j]
        order[j] = order[i]


@compiled()
def drawn(sites: int, n: int, key: np.uint64, number: int) -> NDArray[np.int32]:
    """The draw of that number: `n` of ``0 ... sites - 1``, in random order."""
    chosen = np.empty(n, np.int32)
    draw_sites(sites, n, start_of(key, number), chosen)
    return chosen
