"""The picture: what the body can and what it needs, published with a date, and safe for anybody to read.

A picture is a publication: a job gathers, counts, protects and stores the tables of the whole body together, and
pages and files read only what was stored. Not here: what a person says of herself, and what a team has shared.
"""
