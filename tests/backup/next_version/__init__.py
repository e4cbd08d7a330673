"""The migrations of `rulebook` as a next version has them: those of this version, and one more."""

from hjulet.rulebook import migrations

__path__ = [*migrations.__path__, *__path__]
