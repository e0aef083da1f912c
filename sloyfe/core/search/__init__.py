"""Own search: postings of character 4-grams with BM25 weights in two plain tables, alike on both databases.

`index.put`, `index.remove` and `index.rebuild` keep the index; `ask.search` asks it; the formula and what was
measured stand in docs/algorithms/search.md. Two promises are not kept here but by those who call:
only texts that somebody has shared with somebody else are indexed, and **the index never decides who may
see**. A hit is a kind, a key and a score; the caller takes the keys through her own row guard before
anything is shown, and shows nothing about hits that did not come through, not even how many.
"""
