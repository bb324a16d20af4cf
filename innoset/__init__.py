"""Инносеть: the working system of a municipal network of innovation in education."""
