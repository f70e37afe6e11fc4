"""What is done to agreements: writing, signing, sealing and telling."""

from .drafting import complete_agreement, draft_agreement
from .offering import offer_agreement, remind_signers, take_back_agreement
from .sealing import inform_person, read_notice, seal_agreement
from .signing import name_right_person, remark_agreement, sign_agreement

__all__ = [
    "complete_agreement", "draft_agreement", "inform_person", "name_right_person", "offer_agreement", "read_notice",
    "remark_agreement", "remind_signers", "seal_agreement", "sign_agreement", "take_back_agreement",
]  # fmt: skip
