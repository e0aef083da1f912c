"""Pages across modules: what each role meets first. Later: pictures of units, exports."""
