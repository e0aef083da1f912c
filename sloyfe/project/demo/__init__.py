"""The demo body: an invented organisation that makes every page worth looking at.

`content/` is what people wrote (YAML), `body.build` invents the rest from a seed, without Django.
Storing it in the database, and stepping into a role, lie beside.
"""
