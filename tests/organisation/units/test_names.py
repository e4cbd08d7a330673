"""The names that a unit repeats say of every day what its versions say."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from hjulet.organisation.models import Unit, UnitVersion
from hjulet.organisation.units.operations import names_before

DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 12))
VERSIONS = st.lists(st.tuples(DAYS, st.sampled_from(["Norr", "Nordan", "Söder"])), min_size=1, max_size=6)


@given(versions=VERSIONS, day=DAYS)
def test_a_name_of_a_day_is_that_of_the_version_in_force(versions, day):
    """Of several from one day the last one written holds; before the first there is none to compare with."""
    in_order = sorted(versions, key=lambda version: version[0])
    rows = [UnitVersion(valid_from=first, name=name) for first, name in in_order]
    unit = Unit(name=rows[-1].name, earlier_names=names_before(rows))

    in_force = [row.name for row in rows if row.valid_from <= day]

    assert unit.name_on(day) == (in_force[-1] if in_force else unit.name_on(rows[0].valid_from))
    assert unit.name_on(None) == rows[-1].name
