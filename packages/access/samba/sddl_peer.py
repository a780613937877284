"""Reads descriptors with Samba's libcli/security, called from Python: JSON lines in, their bytes as JSON lines out."""

import json
import sys

from samba.dcerpc import security
from samba.ndr import ndr_pack, ndr_unpack


def answer(question):
    domain = security.dom_sid(question["domain"])
    try:
        if "hex" in question:
            descriptor = ndr_unpack(security.descriptor, bytes.fromhex(question["hex"]))
        else:
            descriptor = security.descriptor.from_sddl(question["sddl"], domain)
    except Exception:  # Samba raises TypeError, RuntimeError or NTSTATUSError for what it refuses.
        return {}
    return {"hex": ndr_pack(descriptor).hex()}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
