"""An attack by inputs that are made up: ``python -m tests.fuzz --inputs N --terminal M --kills K --seed S``.

Each case is made from the seed and its number alone, so that one can be made again; see :mod:`tests.fuzz.__main__`.
"""
