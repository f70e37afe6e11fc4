"""Pages of the national reference process: the map for all, the studio for the national body."""

from . import (
    commenting,
    compare,
    desk,
    diagrams,
    elements,
    glossary,
    guides,
    modelling,
    pages,
    rounds,
    site,
    steps,
    studio,
    way,
)

BLUEPRINTS = (
    pages.bp, pages.public, site.bp, diagrams.bp, diagrams.public, diagrams.files, guides.bp, guides.public,
    glossary.bp, glossary.public, commenting.bp, commenting.public, studio.bp, way.bp, steps.bp, elements.bp,
    modelling.bp, compare.bp, desk.bp, rounds.bp, guides.desk,
)  # fmt: skip
