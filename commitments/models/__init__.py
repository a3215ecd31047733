from commitments.models.commitment import Commitment, CommitmentOwner, OwnerKind, Provenance
from commitments.models.declaration import Area, Declaration

__all__ = ["Area", "Commitment", "CommitmentOwner", "Declaration", "OwnerKind", "Provenance"]
