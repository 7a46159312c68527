"""溯源 Suyuan above its parts: command line, pipeline and wiring. The only package that knows all the others."""
