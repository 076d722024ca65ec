"""Numbers, intervals and values for laws."""

from fractions import Fraction

from hypothesis import strategies as st

from app.domain.interval import Interval, Number, exact
from app.domain.policy import Policy
from app.domain.value import Qualifier, Scale, Value, grain_of, literal_interval

wholes = st.integers(-(10**12), 10**12)
decimals = st.builds(lambda digits, places: exact(Fraction(digits, 10**places)), wholes, st.integers(0, 6))
shares = st.integers(1, 200).map(lambda percent: Fraction(percent, 100))


@st.composite
def intervals(draw: st.DrawFn, numbers: st.SearchStrategy[Number] = decimals) -> Interval:
    """Bounded or not, with ends open or not, and never empty."""
    low, high = draw(st.none() | numbers), draw(st.none() | numbers)
    if low is not None and high is not None and low > high:
        low, high = high, low
    point = low is not None and low == high
    low_open = low is not None and not point and draw(st.booleans())
    high_open = high is not None and not point and draw(st.booleans())
    return Interval(low, high, low_open, high_open)


@st.composite
def values(draw: st.DrawFn, policy: Policy | None = None) -> Value:
    """Of every qualifier, for counts, percentages and measured quantities, signed or not."""
    discrete = draw(st.booleans())
    scale = Scale(discrete, percent=not discrete and draw(st.booleans()), signed=draw(st.booleans()))
    numbers: st.SearchStrategy[Number] = wholes if discrete else decimals
    qualifier = draw(st.sampled_from(Qualifier))
    if not scale.signed:
        numbers = numbers.filter(lambda number: number >= 0)
    number, other = draw(numbers), draw(numbers)
    if qualifier in (Qualifier.BETWEEN, Qualifier.MAGNITUDE):
        low, high = min(number, other), max(number, other)
        return Value("", qualifier, None, Interval(low, high), None, scale, grain_of(low), grain_of(high))
    if qualifier is Qualifier.LESS_THAN and not scale.signed:
        number += 1
    grain = grain_of(number)
    literal = literal_interval(qualifier, number, grain, scale, policy or Policy())
    return Value("", qualifier, number, literal, None, scale, grain, grain)
