"""One folder for each part of the trade. Other modules come in through `public.py` only."""
