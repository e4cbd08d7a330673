"""The starter library as data, and its installation."""
