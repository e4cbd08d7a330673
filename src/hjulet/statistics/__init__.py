"""How sure a figure is, whether it reaches its target, and who may see it. Pure functions of numbers."""
