import { defineProvider, type EventSource, eventSchema, type ProviderDefinition } from '@wmisec/provider';

/** Everybody with an account may subscribe, guests excepted. */
const SUBSCRIBERS = 'O:BAG:BAD:(D;;0x40;;;BG)(A;;0x40;;;AU)';
const ADMINISTRATORS = 'O:BAG:BAD:(A;;0x40;;;BA)';

const doorOpened = eventSchema({
  name: 'Acme_DoorOpened',
  description: 'Somebody opened a door.',
  properties: { Door: 'uint32', Who: 'string' },
});
const vaultOpened = eventSchema({
  name: 'Acme_VaultOpened',
  description: 'Somebody opened the vault.',
  superclass: doorOpened,
});

export interface DoorEvents {
  readonly definition: ProviderDefinition;
  open(door: number, who: string, options?: { readonly secretly: boolean }): void;
  openVault(who: string): void;
}

/** Raises events in the three ways in which they can be kept from somebody. */
export function doorEvents(): DoorEvents {
  let doors: EventSource | undefined;
  let vault: EventSource | undefined;
  const definition = defineProvider({
    name: 'DoorEvents',
    // 1. Who may subscribe at all: the subscription of a guest fails.
    security: SUBSCRIBERS,
    events: {
      classes: [doorOpened, vaultOpened],
      start(source) {
        doors = source;
        // 2. A kind of event with receivers of its own: a restricted sink.
        vault = source.restrict(['SELECT * FROM Acme_VaultOpened'], ADMINISTRATORS);
      },
    },
  });
  return {
    definition,
    open(Door, Who, { secretly } = { secretly: false }) {
      // 3. One event that is for some only: its own descriptor.
      doors?.raise(doorOpened, { Door, Who }, secretly ? { security: ADMINISTRATORS } : {});
    },
    openVault(Who) {
      vault?.raise(vaultOpened, { Door: 0, Who });
    },
  };
}
