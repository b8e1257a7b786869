/** Who is to have which role. */
export interface Grant {
  role: string;
  member: string;
}

interface Binding {
  role?: string | null | undefined;
  members?: string[] | null | undefined;
  condition?: unknown;
}

/** Those that a policy doesn't give yet. What is given under a condition counts as not given. */
export function missingGrants(
  bindings: readonly Binding[],
  wanted: readonly Grant[],
): readonly Grant[] {
  return wanted.filter(
    ({ role, member }) =>
      !bindings.some((binding) => isPlain(binding, role) && binding.members?.includes(member)),
  );
}

/** The same policy with more in it. What others have put there stays. */
export function withGrants<B extends Binding>(
  bindings: readonly B[],
  wanted: readonly Grant[],
): (B | { role: string; members: string[] })[] {
  const changed: (B | { role: string; members: string[] })[] = [...bindings];
  for (const { role, member } of missingGrants(bindings, wanted)) {
    const index = changed.findIndex((binding) => isPlain(binding, role));
    const before = changed[index];
    if (before === undefined) changed.push({ role, members: [member] });
    else changed[index] = { ...before, members: [...(before.members ?? []), member] };
  }
  return changed;
}

function isPlain({ role, condition }: Binding, wanted: string): boolean {
  return role === wanted && (condition === undefined || condition === null);
}
