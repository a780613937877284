// The building as a module of its own, for hosts that load one.
import { doorsProvider } from './doors-provider.ts';

export default doorsProvider();
