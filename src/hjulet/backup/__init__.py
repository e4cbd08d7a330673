"""Safe copies of everything, back again from them, and the way out of the product."""
