"""A certificate of its own making for 127.0.0.1, for a proxy that ends TLS."""

from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from time_machine import escape_hatch


def make(folder: Path) -> Path:
    """Writes fullchain.pem and privkey.pem, as the proxy wants them. Returns the certificate."""
    now = datetime.fromtimestamp(escape_hatch.time.time(), UTC)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    key = ec.generate_private_key(ec.SECP256R1())
    wanted = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    wanted = wanted.serial_number(x509.random_serial_number())
    wanted = wanted.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    names = x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))])
    certificate = wanted.add_extension(names, critical=False).sign(key, hashes.SHA256())
    path = folder / "fullchain.pem"
    path.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "privkey.pem").write_bytes(private)
    return path
