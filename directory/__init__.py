"""Way In: every way into cell and gene therapy in the UK.

The house has rooms and doors. Rooms hold the subject and know no Flask:

    foundation      settings, database, clock, mail: nothing that knows our subject
    places          a typed place or postcode, found on the map
    accounts        who can sign in, and what was done
    organisations   who offers opportunities
    catalogue       what the public may see
    search          which opportunities answer a question, in what order, and the counts beside
    submissions     what organisations would like the catalogue to say
    lists           what advisers recommend
    exports         what anybody takes away, in every format

Doors deliver to an audience and know no SQL and no search engine:

    web             pages for people
    cli             the command line

``app`` wires them together; ``request_state`` is the one place that knows both Flask and SQLAlchemy.
``docs/architecture.md`` has the picture and the reasons.
"""
