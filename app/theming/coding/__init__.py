"""Coding: which themes of a frame a comment speaks of, how sure, where, and why.

One logistic regression over features of a (comment, theme) pair. It never sees which theme it is, so it works
on a frame it was not trained on, on the first day, and better with every comment an officer has coded.
"""
