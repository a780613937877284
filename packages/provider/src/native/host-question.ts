/** What the apartment's half of a host is made with. */
export interface HostSettings {
  /** The URL of the provider's module. */
  readonly module: string;
  readonly exportName: string;
  /** `__Win32Provider.HostingModel`; default what the definition says. */
  readonly hosting: string | undefined;
}

/** What the apartment's half is asked afterwards. */
export type HostQuestion =
  | {
      readonly kind: 'register';
      /** The `IUnknown` of the provider's object. */
      readonly unknown: number;
      /** Default: the name of the provider. */
      readonly registration: string | undefined;
      /** null for every namespace; default what the definition says. */
      readonly scope: string | null | undefined;
    }
  | {
      readonly kind: 'stop';
      /** Milliseconds in which calls under way may end by themselves. */
      readonly graceMs: number;
    };
