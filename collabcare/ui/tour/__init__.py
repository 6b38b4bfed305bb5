"""The tour: the real windows taken through the main job, a picture left of each screen and form."""
