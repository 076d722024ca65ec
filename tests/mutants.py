"""How many mutants of `app/domain/` the tests of it kill, file by file: `python -m tests.mutants [SAMPLE]`.

Exit 1 where that is less than 90 %. A mutant that no test reaches counts as alive, one that never ends as dead. With a
sample, so many mutants are drawn from all, the same each time; without, those are tried that have not been yet.
"""

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path
from random import Random

LEAST = 0.9
MUTMUT = (sys.executable, "-m", "mutmut", "run")
ALIVE = {0, 33}
"""Exit codes of mutants that no test fails with, and that no test reaches."""


def outcomes() -> dict[str, int | None]:
    """What became of every mutant, by name: an exit code, or None before it is tried."""
    found: dict[str, int | None] = {}
    for path in sorted(Path("mutants/app/domain").glob("*.meta")):
        found |= json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]
    return found


def main(sample: int | None) -> int:
    names: list[str] = []
    if sample is not None:
        # With a name that there is not, it makes the mutants, finds out which test reaches which, and stops.
        subprocess.run([*MUTMUT, "none"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
        names = sorted(outcomes())
        Random(1).shuffle(names)
        names = names[:sample]
    subprocess.run([*MUTMUT, *names], check=True)
    return report({name: outcome for name, outcome in outcomes().items() if name in names or not names})


def report(tried: dict[str, int | None]) -> int:
    """Print the figure, and which mutants are alive; the exit code."""
    known = {name: outcome not in ALIVE for name, outcome in tried.items() if outcome is not None}
    killed, total = Counter[str](), Counter[str]()
    for name, dead in known.items():
        total[name.split(".")[2]] += 1
        killed[name.split(".")[2]] += dead
    lines = [f"{part:15} {killed[part]:5} of {total[part]:5}" for part in sorted(total)]
    lines += [f"alive: {name}" for name, dead in known.items() if not dead]
    share = killed.total() / total.total() if total else 0.0
    lines.append(f"{killed.total()} of {total.total()} mutants killed: {share:.1%}")
    sys.stdout.write("\n".join(lines) + "\n")
    return 0 if share >= LEAST else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else None))
