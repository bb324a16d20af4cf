"""The demo year: invented people, real municipalities, contests at four points of their life.

Everything is done through the same actions that people use, from a fixed seed.
"""
