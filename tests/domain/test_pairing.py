"""The formulas that flags are counted by, held to `relate` pair by pair."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from app.domain.pairing import Funnel, Rules
from app.domain.policy import Policy
from app.domain.relation import Comparand, FrameRelation, Kind, Relation, RelationKind, relate
from app.domain.row import Row, rows_of
from app.domain.yardstick import Yardstick
from tests.domain.frames import KINDS, Unit, claims, policies, units


def rules_and_rows(kind: Kind, unit: Unit, policy: Policy, *pair: Comparand) -> tuple[Rules, Row, Row]:
    (row, other), scale = rows_of([[(str(number), one) for number, one in enumerate(pair)]])
    return Rules(kind, Yardstick(scale, unit.ratio_scale, unit.discrete, policy, unit.volatile)), row, other


def value_of(funnels: list[Funnel], row: Row, other: Row) -> int:
    """How many funnels let the pair through: those whose formulas are all 1."""
    for funnel in funnels:
        values = [formula.value(row, other) for formula in funnel]
        assert values[-1] in {0, 1}
        assert not values[-1] or all(values)
    return sum(funnel[-1].value(row, other) for funnel in funnels)


@st.composite
def current_pairs(draw: st.DrawFn, kind: Kind) -> tuple[Rules, Row, Row, Relation]:
    """Two claims, neither of which replaces the other."""
    unit, policy = draw(units), draw(policies)
    one, other = draw(st.tuples(claims(unit, kind), claims(unit, kind)))
    relation = relate(one, other, FrameRelation.EQUAL, policy=policy)
    assume(one.origin != other.origin or relation.kind is not RelationKind.UPDATE)
    return *rules_and_rows(kind, unit, policy, one, other), relation


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=500)
@given(data=st.data())
def test_formulas_describe_the_relations(kind: Kind, data: st.DataObject) -> None:
    rules, row, other, relation = data.draw(current_pairs(kind))
    same_origin, same_number = row.origin == other.origin, row.numbered is not None and row.numbered == other.numbered
    repeats = same_number or (same_origin and row.comparand.is_moving)
    conflict = rules.conflict.value(row, other) - (rules.own_conflict.value(row, other) if repeats else 0)
    assert conflict == (relation.kind is RelationKind.CONFLICT)
    if same_origin:
        repeats = repeats or row.wording == other.wording
        assert rules.own_tension.value(row, other) * (not repeats) == (relation.kind is RelationKind.TENSION)
    else:
        alike = relation.kind in {RelationKind.AGREES, RelationKind.REFINES}
        assert value_of(rules.tension, row, other) == (relation.kind is RelationKind.TENSION)
        assert value_of(rules.agreement, row, other) == alike


@pytest.mark.parametrize("kind", KINDS)
@given(data=st.data())
def test_no_condition_holds_of_a_claim_and_itself(kind: Kind, data: st.DataObject) -> None:
    unit, policy = data.draw(units), data.draw(policies)
    rules, row, _ = rules_and_rows(kind, unit, policy, *[data.draw(claims(unit, kind))] * 2)
    formulas = [rules.conflict, rules.own_conflict, rules.own_tension]
    formulas += [formula for funnel in (*rules.tension, *rules.agreement) for formula in funnel]
    terms = [term for formula in formulas for term in formula.terms if term]
    held = [term for term in terms if all(condition.holds(row, row) for condition in term)]
    assert held == []
