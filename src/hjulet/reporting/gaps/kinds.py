"""What may be missing: which rows lack it, and the one page where each is mended."""

from hjulet.reporting.gaps import known, monitoring, organisation, participation, planning, processes, rulebook

SOURCES = (
    *planning.SOURCES,
    *monitoring.SOURCES,
    *processes.SOURCES,
    *participation.SOURCES,
    *rulebook.SOURCES,
    *known.SOURCES,
    *organisation.SOURCES,
)
BY_KEY = {kind.key: (source, kind) for source in SOURCES for kind in source.kinds}
