type Activity = (...args: never[]) => Promise<unknown>;

/** The named methods of a provider as Temporal calls them: under their own names, with nothing else of the provider. */
export function bindActivities<Activities>(
  provider: Activities,
  names: readonly (keyof Activities & string)[],
): Record<string, Activity> {
  return Object.fromEntries(
    names.map((name) => {
      const method = provider[name] as Activity;
      return [name, method.bind(provider)];
    }),
  );
}
