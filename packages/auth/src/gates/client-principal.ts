import type { Principal } from '@wmisec/access';
import { AuthnLevel, type Blanket, ImpLevel } from '@wmisec/wbem';

/** The caller as a client sees itself: where it calls from and how its blanket lets it arrive. */
export function clientPrincipal(remote: boolean, blanket: Blanket | null = null): Principal {
  return {
    name: 'the caller',
    token: { user: 'S-1-0-0' },
    remote,
    authnService: (blanket?.authnService ?? 0) as Principal['authnService'],
    authnLevel: (blanket?.authnLevel ?? AuthnLevel.Default) as Principal['authnLevel'],
    impLevel: (blanket?.impLevel ?? ImpLevel.Default) as Principal['impLevel'],
  };
}
