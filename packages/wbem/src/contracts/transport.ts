import type { BlanketRequest } from '../security/blanket.ts';
import type { AuthIdentity } from '../security/identity.ts';
import type { CallOptions } from './call-options.ts';
import type { UnsecuredApartment } from './object-sink.ts';
import type { WbemServices } from './services.ts';

/** The arguments of `IWbemLocator::ConnectServer`, checked and taken apart (docs/rules.md 2.2). */
export interface OpenRequest extends CallOptions {
  /** null for this machine. */
  readonly server: string | null;
  /** Such as `root\cimv2`. */
  readonly namespace: string;
  /** null for the current security context. */
  readonly identity: AuthIdentity | null;
  /** `Kerberos:principal` or `NTLMDOMAIN:domain`; null negotiates. */
  readonly authority: string | null;
  /** `MS_409`; null for the current one. */
  readonly locale: string | null;
  /** Gives up within two minutes, `WBEM_FLAG_CONNECT_USE_MAX_WAIT`. */
  readonly useMaxWait: boolean;
}

/** Who can open a connection: native COM, an embedded service, DCOM over the network. */
export interface Transport {
  readonly name: string;
  /** What a blanket is when the user asks for none: the strongest that this transport always has. */
  readonly defaultBlanket: BlanketRequest;
  open(request: OpenRequest): Promise<WbemServices>;
  /**
   * The apartment in which this client's stubs live. Absent where a transport makes none.
   * @throws WbemError `E_NOINTERFACE`, `REGDB_E_CLASSNOTREG` where the machine has none that checks.
   */
  unsecuredApartment?(): Promise<UnsecuredApartment>;
}
