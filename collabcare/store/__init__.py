"""The encrypted record: its file, its keys and its schema. The only package that knows SQLite.

Nothing is imported here: sign-in derives the key with :mod:`collabcare.store.access` while SQLAlchemy is
still loading.
"""
