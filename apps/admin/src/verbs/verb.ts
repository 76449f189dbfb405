/** Something a person can do to one record beside editing it, as its page offers it. The command behind it checks again. */
export interface Verb {
  /** A key of `action`. */
  readonly name: string;
  /** Below /admin/command; a link below /admin/data. */
  readonly path: string;
  readonly kind: 'post' | 'download';
  readonly tone: 'main' | 'danger' | 'plain';
  /** What is sent besides the fields. */
  readonly body?: Readonly<Record<string, string>>;
  /** A key of `page` that says what will happen. */
  readonly hint?: string;
  /** What the person must fill in: names with a key of `page` as label. */
  readonly fields?: readonly { readonly name: string; readonly label: string }[];
  /** Parts of the answer that are shown once, with a key of `page` as label. */
  readonly reveals?: readonly { readonly name: string; readonly label: string }[];
  /** A key of `notice`. */
  readonly done?: string;
  /** Whether the form carries a key of its own, so that a double click acts once. */
  readonly hasFormKey?: boolean;
}
