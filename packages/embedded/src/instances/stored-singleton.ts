import type { CimClass, PropertyBag } from '@wmisec/wbem';
import { StoredInstances } from './stored-instances.ts';

/** The one instance of a class that is there before anybody writes it, with the defaults of its class. */
export class StoredSingleton extends StoredInstances {
  override rows(cls: CimClass): readonly [readonly PropertyBag[]] {
    const [batch] = super.rows(cls);
    return [batch.length === 0 ? [{}] : batch];
  }

  override async get(cls: CimClass, keys: PropertyBag): Promise<PropertyBag | null> {
    return (await super.get(cls, keys)) ?? {};
  }
}
