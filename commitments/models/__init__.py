from commitments.models.commitment import Commitment, CommitmentOwner, OwnerKind, Provenance
from commitments.models.crosswalk import Frame, FrameItem, Reference
from commitments.models.declaration import Area, Declaration
from commitments.models.indicator import Dataset, Indicator, Measurement
from commitments.models.succession import Succession

__all__ = [
    "Area",
    "Commitment",
    "CommitmentOwner",
    "Dataset",
    "Declaration",
    "Frame",
    "FrameItem",
    "Indicator",
    "Measurement",
    "OwnerKind",
    "Provenance",
    "Reference",
    "Succession",
]
