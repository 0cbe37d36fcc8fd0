export function ruleNames(): readonly { readonly value: string; readonly description: string }[] {
  return [];
}
