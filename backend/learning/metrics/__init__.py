"""The field's measures as pure functions over the internal form; see each for its source."""
