"""Commands beside the desktop, for IT staff, scripts and machines without a screen.

They call the same services and queries as the screens. Exit codes: 0 done, 1 refused with one sentence on
standard error, 2 wrong usage.
"""
