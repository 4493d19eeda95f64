"""The forms of document that can be read: one module a layout, each a class with the Layout protocol.

A layout is known by properties of its form (labels, headers, the order of its parts), never by a file or a
town. To add one, write its module and add it to the registry in ``ingest.layout``.
"""
