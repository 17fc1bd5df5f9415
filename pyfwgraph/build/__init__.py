"""From claims to the packaged store: conclusions, canonical quads, digest."""
