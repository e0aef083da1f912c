"""The engines: pure Python, numbers in and numbers out; no Django, no clock, no files, no network.

An engine knows ids and numbers only, and no other engine; who may see the answer is decided around it.
"""
