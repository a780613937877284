import type { SecurityDescriptor } from '@wmisec/access';
import type { Ptr } from '@wmisec/com-core';
import type {
  AuthIdentity,
  AuthnLevel,
  AuthnService,
  AuthzService,
  Guid,
  ImpLevel,
  SecurableProxy,
} from '@wmisec/wbem';

/** Who may call into this process: sinks and providers are called, so a client is a server too. */
export type CallInAccess =
  /** Needs an owner and a group, and no SACL. An empty DACL lets nobody in. */
  | { readonly kind: 'descriptor'; readonly descriptor: SecurityDescriptor }
  /** The settings of an AppID in the registry; every other member has to be absent. */
  | { readonly kind: 'appId'; readonly appId: Guid }
  /** An `IAccessControl`, borrowed for the life of the process. */
  | { readonly kind: 'accessControl'; readonly accessControl: Ptr<'IAccessControl'> }
  /** Anybody, also anonymous callers from other machines. */
  | { readonly kind: 'dangerouslyEveryone' };

/** Credentials for one authentication service. */
export interface ServiceCredential {
  readonly authnService: AuthnService;
  readonly authzService?: AuthzService;
  readonly identity: AuthIdentity;
}

/** An authentication service that incoming calls may use. */
export interface ServerAuthnService {
  readonly authnService: AuthnService;
  readonly authzService?: AuthzService;
  readonly principal?: string;
}

/**
 * The arguments of `CoInitializeSecurity`.
 * @see docs/rules.md 1.2
 */
export interface ProcessSecurityRequest {
  /** Required: there is no default that is safe for a process that hosts sinks. */
  readonly access: CallInAccess;
  /** Absent lets COM choose; an empty list takes no secure incoming calls. */
  readonly services?: readonly ServerAuthnService[];
  /** Default `PktPrivacy`. */
  readonly authnLevel?: AuthnLevel;
  /** Default `Impersonate`; `Default` is not allowed here. */
  readonly impLevel?: ImpLevel;
  /** One a service, such as NTLM and Kerberos side by side. */
  readonly credentials?: readonly ServiceCredential[];
  /** A mask of `Capabilities`. Default `SecureRefs`; none with an AppID. */
  readonly capabilities?: number;
}

export interface TooLatePolicy {
  /**
   * What to do when COM has its security already, as in a host: `never` fail and report what is in force, or fail when that
   * is `weaker` than asked, or fail `always`. Default `weaker`.
   */
  readonly failIfTooLate?: 'never' | 'weaker' | 'always';
  /** A proxy without a blanket of its own shows what is in force; without one nobody can tell. */
  readonly probe?: SecurableProxy;
}
