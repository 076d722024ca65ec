"""Who stands against whom across frames: claims, not pairs, because pairs may be many."""

from app.domain.counting import Census
from app.domain.pairing import rules_for
from app.domain.scene import Scene


def contradicting_from_outside(scene: Scene) -> list[str]:
    """The ids of the current claims of parts and wholes that contradict a current one of the scene's own frame."""
    counts = [(scene.parts, Census(scene.current, scene.parts).count(scene.rules.conflict_below))]
    for kind in {row.kind for row in scene.wholes}:
        wholes = [row for row in scene.wholes if row.kind is kind]
        pairs = rules_for(kind, scene.yardstick).conflict_above
        counts.append((wholes, Census(scene.current, wholes).count(pairs)))
    return [row.id for rows, numbers in counts for row, number in zip(rows, numbers, strict=True) if number]
