interface At {
  readonly offset: number;
  /** As written. */
  readonly text: string;
}

export type WqlToken =
  | (At & { readonly kind: 'word' | 'symbol' | 'end' })
  | (At & { readonly kind: 'string'; readonly value: string })
  | (At & { readonly kind: 'integer'; readonly value: bigint })
  | (At & { readonly kind: 'real'; readonly value: number })
  /** What stands between braces. */
  | (At & { readonly kind: 'path'; readonly value: string });
