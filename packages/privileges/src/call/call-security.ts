import { IServerSecurity, IUnknown, type Native, NULL, type Ptr } from '@wmisec/com-core';

/** Where the facts of a call are written. */
export interface BlanketPlaces {
  readonly authnService: Ptr;
  readonly authzService: Ptr;
  readonly principal: Ptr;
  readonly authnLevel: Ptr;
  readonly capabilities: Ptr;
}

/** The security of a call being served, as COM offers it. Each method returns an HRESULT. */
export interface CallSecurity {
  queryBlanket(places: BlanketPlaces): number;
  impersonate(): number;
  revert(): number;
  release(): void;
}

/** Of the call that this thread is serving now. The impersonation level must not be asked for: it is reserved. */
export function ambientSecurity({ ole32 }: Native): CallSecurity {
  return {
    queryBlanket: (at) =>
      ole32.CoQueryClientBlanket(
        at.authnService,
        at.authzService,
        at.principal,
        at.authnLevel,
        NULL,
        NULL,
        at.capabilities,
      ),
    impersonate: () => ole32.CoImpersonateClient(),
    revert: () => ole32.CoRevertToSelf(),
    release: () => {},
  };
}

/** Of a call whose `IServerSecurity` was kept; takes the reference over. */
export function keptSecurity(native: Native, ptr: Ptr<'IServerSecurity'>): CallSecurity {
  const security = native.bind(IServerSecurity, ptr);
  return {
    queryBlanket: (at) =>
      security.QueryBlanket(
        at.authnService,
        at.authzService,
        at.principal,
        at.authnLevel,
        NULL,
        NULL,
        at.capabilities,
      ),
    impersonate: () => security.ImpersonateClient(),
    revert: () => security.RevertToSelf(),
    release: () => void native.bind(IUnknown, ptr).Release(),
  };
}
