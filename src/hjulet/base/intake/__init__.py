"""Takes in what people have written in a file: cells into values, and every fault told with its place."""
