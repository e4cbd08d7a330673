"""One document, drawn as a page, a Word file and a tagged PDF."""
