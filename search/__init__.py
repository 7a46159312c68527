"""Search over one generation: a request in, an answer with reasons and places out.

    request.py response.py    what is asked and answered
    engine.py                 understand, restrict, ask each leg, fuse, explain
    facets model index query rank sparql evaluation    each with what it may not know

Knows kg; knows nothing of web and command line.
"""
