"""Answers checks of conditional entries with Samba 4.20 or later: JSON lines in, JSON lines out."""

import json
import sys

from samba import NTSTATUSError
from samba.dcerpc import security
from samba.ndr import ndr_unpack
from samba.security import access_check


def descriptor(text):
    return ndr_unpack(security.descriptor, bytes.fromhex(text))


def make_token(case):
    """The token, and what it points to: Samba does not keep that alive."""
    sids = [security.dom_sid(sid) for sid in case["sids"]]
    device_sids = [security.dom_sid(sid) for sid in case["deviceSids"]]
    source = descriptor(case["claims"])
    claims = [ace.coda for ace in source.sacl.aces]
    token = security.token()
    token.sids, token.num_sids = sids, len(sids)
    token.device_sids, token.num_device_sids = device_sids, len(device_sids)
    token.user_claims, token.num_user_claims = claims, len(claims)
    token.evaluate_claims = security.CLAIMS_EVALUATION_ALWAYS
    return token, (sids, device_sids, source, claims)


def granted(text, token):
    try:
        access_check(descriptor(text), token, 1)
        return True
    except NTSTATUSError:
        return False


for line in sys.stdin:
    case = json.loads(line)
    token, kept = make_token(case)
    print(json.dumps([granted(case["allow"], token), granted(case["deny"], token)]))
