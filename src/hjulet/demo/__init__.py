"""A fictional municipality and its years, made by calling the real operations. Never installed in production."""
