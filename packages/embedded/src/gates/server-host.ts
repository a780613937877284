import {
  ABSENT_ACL,
  type Ace,
  AceType,
  ComRight,
  type PreparedDescriptor,
  prepareDescriptor,
  type SecurityDescriptor,
  type Sid,
  WellKnownSid,
} from '@wmisec/access';
import { AuthnLevel, authnLevelName, WmisecError } from '@wmisec/wbem';

/** What DCOM knows of the process that hosts the service. */
export interface HostOptions {
  /**
   * Its own authentication level, `Connect` to `PktPrivacy`: what a proxy of another machine that asks for `Default`
   * climbs to, and what calls from there may not stay below. Default `AuthnLevel.Pkt`, the one of Windows.
   */
  readonly authnLevel?: AuthnLevel | undefined;
  /** Who may call, limit and permission: each must let the caller in. Default: Everyone, from anywhere. */
  readonly accessDescriptors?: readonly SecurityDescriptor[] | undefined;
  /**
   * Who may activate, which connecting is. Default: from this machine Everyone; from another one Administrators,
   * Distributed COM Users and Performance Log Users.
   */
  readonly launchDescriptors?: readonly SecurityDescriptor[] | undefined;
}

/** The same, ready for many calls. */
export interface ServerHost {
  readonly authnLevel: AuthnLevel;
  readonly accessDescriptors: readonly PreparedDescriptor[];
  readonly launchDescriptors: readonly PreparedDescriptor[];
}

const { COM_RIGHTS_EXECUTE, COM_RIGHTS_EXECUTE_LOCAL, COM_RIGHTS_EXECUTE_REMOTE } = ComRight;
const CALL_ANYWHERE = COM_RIGHTS_EXECUTE | COM_RIGHTS_EXECUTE_LOCAL | COM_RIGHTS_EXECUTE_REMOTE;
const LAUNCH_HERE = COM_RIGHTS_EXECUTE | COM_RIGHTS_EXECUTE_LOCAL | ComRight.COM_RIGHTS_ACTIVATE_LOCAL;
const EVERYTHING = CALL_ANYWHERE | LAUNCH_HERE | ComRight.COM_RIGHTS_ACTIVATE_REMOTE;

/** @see docs/rules.md 8.2 */
const ACCESS_LIMIT = descriptorOf([
  allow(WellKnownSid.World, CALL_ANYWHERE),
  allow(WellKnownSid.Anonymous, COM_RIGHTS_EXECUTE | COM_RIGHTS_EXECUTE_LOCAL),
]);

/** @see docs/rules.md 8.2 */
const LAUNCH_LIMIT = descriptorOf([
  allow(WellKnownSid.Administrators, EVERYTHING),
  allow(WellKnownSid.DcomUsers, EVERYTHING),
  allow(WellKnownSid.PerfLoggingUsers, EVERYTHING),
  allow(WellKnownSid.World, LAUNCH_HERE),
]);

/** @throws WmisecError `INVALID_ARGUMENT` for a level that no host takes calls at. */
export function serverHost({
  authnLevel = AuthnLevel.Pkt,
  accessDescriptors = [ACCESS_LIMIT],
  launchDescriptors = [LAUNCH_LIMIT],
}: HostOptions = {}): ServerHost {
  if (authnLevel < AuthnLevel.Connect || authnLevel > AuthnLevel.PktPrivacy)
    throw new WmisecError(
      'INVALID_ARGUMENT',
      `host: expected an authentication level from ${authnLevelName(AuthnLevel.Connect)} up, got ${authnLevel}`,
    );
  return {
    authnLevel,
    accessDescriptors: accessDescriptors.map((each) => prepareDescriptor(each)),
    launchDescriptors: launchDescriptors.map((each) => prepareDescriptor(each)),
  };
}

/**
 * The level below which calls do not get in. On this machine it is the protocol's own, for the documented local
 * client calls at `Call`.
 * @see docs/rules.md 2.3, 2.4
 */
export function minimumAuthnLevel({ authnLevel }: ServerHost, remote: boolean): AuthnLevel {
  return remote ? authnLevel : AuthnLevel.Connect;
}

/** The level that the host puts into negotiation. @see docs/rules.md 1.6, 2.4 */
export function negotiatingAuthnLevel({ authnLevel }: ServerHost, remote: boolean): AuthnLevel {
  return remote ? authnLevel : AuthnLevel.PktPrivacy;
}

function descriptorOf(aces: readonly Ace[]): SecurityDescriptor {
  return {
    owner: WellKnownSid.Administrators,
    group: WellKnownSid.Administrators,
    dacl: { kind: 'list', aces },
    sacl: ABSENT_ACL,
    control: 0,
  };
}

function allow(sid: Sid, mask: number): Ace {
  return { type: AceType.AccessAllowed, flags: 0, mask, sid };
}
