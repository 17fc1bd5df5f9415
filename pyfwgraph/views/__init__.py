"""What a user asks for by name: tables of facts that show themselves and name their sources; one module a view."""
