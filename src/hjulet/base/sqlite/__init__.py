"""The embedded database: Django's own, that lets go of a file which is no longer the one at its address."""
