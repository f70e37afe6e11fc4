"""Every room's tables, in one import: for migrations, `doctor` and the house tests."""

from .agreements import models as agreements
from .cases import models as cases
from .core import files, links, mail, outbox
from .core.db import db
from .feedback import models as feedback
from .improvement import models as improvement
from .instructions import models as instructions
from .partnerships import models as partnerships
from .placements import models as placements
from .planning import models as planning
from .reference import models as reference
from .tenants import models as tenants

metadata = db.metadata
ROOMS = (
    files, outbox, mail, links, tenants, reference, instructions, partnerships, improvement, placements, planning,
    agreements, cases, feedback,
)  # fmt: skip
