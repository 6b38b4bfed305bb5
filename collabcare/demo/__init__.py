"""The demo caseload: synthetic people whose lives are played through the real services.

``lives`` plans what happens to each person, week by week and relative to a given day, from a seed alone;
``play`` lets each member of staff do it with the same commands the screens use, the clock standing where the
plan says; ``build`` makes the record they do it in. So every row of a demo obeys every rule of the app, and
the same seed and day make the same people. Nothing here is anybody's: names and places are written by hand in
resources/demo, NHS numbers come from the synthetic 999 range, telephone numbers from Ofcom's for drama.
"""
