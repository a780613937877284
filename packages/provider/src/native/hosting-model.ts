/**
 * How WMI reaches a decoupled provider, `__Win32Provider.HostingModel`. `Folded`: WMI calls as itself, so the provider
 * does not learn who asks. `Unfolded` lets it act as the client, which the documentation discourages.
 * @see docs/rules.md 9.11
 */
export const HostingModel = {
  Folded: 'Decoupled:Com',
  Unfolded: 'Decoupled:Com:FoldIdentity(FALSE)',
} as const;

export type HostingModel = (typeof HostingModel)[keyof typeof HostingModel];
