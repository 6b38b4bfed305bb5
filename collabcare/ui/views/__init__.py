"""One screen a file: each says what it depends on, asks its data through tasks, and holds no rule."""
