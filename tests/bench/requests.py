"""Server time of pages and map data at one size: at least a thousand requests each, over distinct addresses.

Run in a process of its own with `GRAPPE_DATA` set: ``python -m tests.bench.requests LABEL``.
"""

import os
import random
import sys
from collections.abc import Callable
from itertools import product

from tests.bench.synthetic import SEED, WORDS
from tests.bench.timing import time_calls

CALLS = int(os.environ.get("CALLS", "1000"))


def main(label: str) -> None:
    """Print a line per kind of request."""
    # The application as a server starts it, collector settings included.
    from django.test import Client

    import grappe.web.wsgi  # noqa: F401 - imported for its effect
    from grappe.store.models import ClusterRow

    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    rng = random.Random(SEED)
    ids = list(ClusterRow.objects.filter(potential=False).values_list("entity", flat=True)[:100_000])
    rng.shuffle(ids)
    pages = max(1, len(ids) // 100)

    def get(address: str) -> None:
        response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)

    filters = [
        "&".join(part for part in parts if part)
        for parts in product(
            ["", "country=MA", "country=DZ", "country=TN"],
            ["", *(f"sector={n}" for n in range(1, 8))],
            ["", "state=constituted", "state=emerging", "state=expected"],
            ["", "anchoring=rooted", "anchoring=constructed"],
            ["", "north=1", "south=1"],
        )
    ]
    rng.shuffle(filters)
    narrow = [f for f in filters if f]
    words = [
        *WORDS,
        "casablanca",
        "ville 12",
        "numeric",
        "organisation 1",
        "tanger",
        "boissons",
        "Casablança",
    ]
    kinds: list[tuple[str, Callable[[int], str]]] = [
        ("map data, unfiltered", lambda n: f"/api/map.geojson?lang={('fr', 'en', 'ar')[n % 3]}"),
        ("map data, filtered", lambda n: f"/api/map.geojson?lang=fr&{narrow[n % len(narrow)]}"),
        ("map page", lambda n: f"/fr/?{filters[n % len(filters)]}"),
        ("table page", lambda n: f"/fr/clusters/?page={n % pages + 1}&{filters[n % len(filters)]}"),
        ("sheet page", lambda n: f"/fr/clusters/{ids[n % len(ids)]}/"),
        ("search page", lambda n: f"/fr/search/?q={words[n % len(words)]}+{n % 97 if n % 2 else ''}"),
    ]
    for name, address in kinds:
        timing = time_calls(get, [address(n) for n in range(CALLS)])
        wall = f"wall p50 {timing.p50:6.1f} ms  p99 {timing.p99:6.1f} ms"
        cpu = f"processor p50 {timing.cpu_p50:6.1f} ms  p99 {timing.cpu_p99:6.1f} ms"
        print(f"{label:>10}  {name:<22} {timing.calls:>5} calls   {wall}   {cpu}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
