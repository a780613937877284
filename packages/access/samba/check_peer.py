"""Answers access checks with Samba's libcli/security, called from Python: JSON lines in, JSON lines out."""

import json
import sys

from samba import NTSTATUSError
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.security import access_check

PRIVILEGES = {
    "SeSecurityPrivilege": security.SEC_PRIV_SECURITY_BIT,
    "SeTakeOwnershipPrivilege": security.SEC_PRIV_TAKE_OWNERSHIP_BIT,
}


def make_token(case):
    token = security.token()
    token.sids = [security.dom_sid(sid) for sid in case["sids"]]
    token.num_sids = len(case["sids"])
    for name in case["privileges"]:
        token.privilege_mask |= PRIVILEGES[name]
    return token


def answer(case):
    descriptor = ndr_unpack(security.descriptor, bytes.fromhex(case["hex"]))
    try:
        mask = access_check(descriptor, make_token(case), case["desired"])
    except NTSTATUSError:
        return {"granted": False, "mask": 0}
    return {"granted": True, "mask": mask}


for line in sys.stdin:
    print(json.dumps(answer(json.loads(line))))
