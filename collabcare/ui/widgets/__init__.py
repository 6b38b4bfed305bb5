"""Small reusable parts of the screens, one to a file; they know no patient, query or rule."""
