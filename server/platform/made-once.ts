/**
 * Makes each value once, however many ask for it at the same moment, and keeps up to `max` of them. What
 * could not be made is not kept: the next who asks has it made anew.
 */
export function madeOnce<Value>(max: number) {
  const made = new Map<string, Promise<Value>>()
  return (key: string, make: () => Promise<Value>): Promise<Value> => {
    const before = made.get(key)
    if (before) return before
    if (made.size >= max) made.clear()
    const value = make()
    made.set(key, value)
    // Whoever asked hears of the failure; here it is only forgotten.
    value.catch(() => {
      if (made.get(key) === value) made.delete(key)
    })
    return value
  }
}
