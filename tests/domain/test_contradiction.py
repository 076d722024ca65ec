"""Who contradicts a frame from outside: what looking at every pair finds."""

from hypothesis import given

from app.domain.contradiction import contradicting_from_outside
from app.domain.relation import RelationKind
from app.domain.scene import scene_of
from tests.domain.frames import Setting, relations, settings_of_frames


@given(settings_of_frames())
def test_it_is_what_every_pair_says(setting: Setting) -> None:
    own = {identifier for identifier, _ in setting.members}
    expected = {
        other
        for _, other, relation in relations(setting)
        if relation.kind is RelationKind.CONFLICT and other not in own
    }
    found = contradicting_from_outside(scene_of(setting.members, setting.parts, setting.wholes, setting.policy))
    assert (set(found), len(found)) == (expected, len(expected))
