// What the panel's library hands to a component, as far as ours look at it. A component imports nothing of the server.
import type { Value } from './views';

export interface RecordJson {
  readonly id: string;
  readonly title: string;
  readonly params: Readonly<Record<string, Value | undefined>>;
  readonly populated?: Readonly<Record<string, RecordJson | undefined>>;
  readonly errors?: Readonly<
    Record<string, { readonly message: string; readonly type?: string } | undefined>
  >;
  readonly recordActions?: readonly { readonly name: string }[];
}

export interface PropertyJson {
  readonly path: string;
  readonly propertyPath: string;
  readonly type: string;
  readonly reference: string | null;
  readonly isRequired: boolean;
  readonly resourceId: string;
  readonly availableValues: readonly { readonly value: string }[] | null;
  readonly custom?: {
    readonly kind?: string;
    readonly hint?: string | null;
    readonly isFixed?: boolean;
    readonly length?: number | null;
    readonly standard?: string | boolean | null;
    /** So many of the newest rows are looked through where no index answers a filter. */
    readonly window?: number | null;
  };
}

export interface ResourceJson {
  readonly id: string;
  readonly name: string;
  readonly href: string | null;
  readonly navigation: { readonly name: string; readonly icon: string } | null;
  readonly filterProperties: readonly PropertyJson[];
  readonly editProperties: readonly PropertyJson[];
  readonly showProperties: readonly PropertyJson[];
  readonly resourceActions: readonly { readonly name: string }[];
}

export interface ValueProps {
  readonly property: PropertyJson;
  readonly record: RecordJson;
  readonly resource: ResourceJson;
}
export interface FieldProps extends ValueProps {
  readonly onChange: (path: string, value: unknown, record?: RecordJson) => void;
}
export interface FilterProps {
  readonly property: PropertyJson;
  readonly resource: ResourceJson;
  readonly filter: Readonly<Record<string, string | undefined>>;
  readonly onChange: (path: string, value: string) => void;
}
