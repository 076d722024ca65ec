"""Origins: the root that a number goes back to."""

import pytest

from app.domain.origin import Relay, Root, Voice, root_of, root_of_entity

ANN, WIRE, DAILY = Voice("ent_ann", "Ann Arbor"), Voice("ent_wire", "The Wire"), Voice("ent_daily", "Daily")
BY_WIRE, FOOTAGE = Relay(WIRE, None), Relay(None, "Footage on  Social media")


@pytest.mark.parametrize(
    ("speaker", "unnamed", "via", "expected"),
    [
        pytest.param(None, None, [], Root("entity:ent_daily", "Daily", "source"), id="the article's own voice"),
        pytest.param(ANN, None, [BY_WIRE], Root("entity:ent_ann", "Ann Arbor", "speaker"), id="a named speaker"),
        pytest.param(
            None,
            "an Officer",
            [],
            Root("unnamed:ent_daily:an officer", "an Officer, to Daily", "unnamed_speaker"),
            id="unnamed, to the outlet itself",
        ),
        pytest.param(
            None,
            "an officer",
            [FOOTAGE, BY_WIRE, Relay(ANN, None)],
            Root("unnamed:ent_wire:an officer", "an officer, to the Wire", "unnamed_speaker"),
            id="unnamed, to the first outlet that is named",
        ),
        pytest.param(None, None, [BY_WIRE], Root("entity:ent_wire", "The Wire", "relay"), id="a wire"),
        pytest.param(
            None, None, [BY_WIRE, Relay(ANN, None)], Root("entity:ent_wire", "The Wire", "relay"), id="the first relay"
        ),
        pytest.param(
            None,
            None,
            [FOOTAGE],
            Root(
                "medium:ent_daily:footage on social media",
                "Footage on  Social media, through Daily",
                "relay",
            ),
            id="footage that the outlet has seen",
        ),
        pytest.param(
            None,
            None,
            [FOOTAGE, BY_WIRE],
            Root("medium:ent_wire:footage on social media", "Footage on  Social media, through the Wire", "relay"),
            id="footage that a wire has seen",
        ),
        pytest.param(
            None, None, [Relay(None, None)], Root("medium:ent_daily:", ", through Daily", "relay"), id="nothing said"
        ),
    ],
)
def test_where_a_number_goes_back_to(
    speaker: Voice | None, unnamed: str | None, via: list[Relay], expected: Root
) -> None:
    assert root_of(speaker, unnamed, via, DAILY) == expected


def test_what_the_bundle_says_goes_first() -> None:
    given = Root("given:staff", "the staff", "inferred", "the same figures")
    assert root_of(ANN, None, [BY_WIRE], DAILY, given) is given


def test_an_entity_is_one_origin_however_it_comes_in() -> None:
    assert root_of_entity(WIRE, "stated", "a credit line") == Root(
        "entity:ent_wire", "The Wire", "stated", "a credit line"
    )
    assert root_of_entity(WIRE, "relay").key == root_of_entity(WIRE, "speaker").key
